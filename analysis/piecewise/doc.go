// Package piecewise counts exactly, without a grid, how a network of one input
// with ReLU, leaky ReLU, step or identity units bends, jumps and changes class
// along a line.
//
// Such a network is a piecewise affine function: while no unit switches, every
// pre-activation is a [line] slope·x + intercept (Hanin and Rolnick 2019,
// "Complexity of linear regions in deep networks", section 2; Montúfar, Pascanu,
// Cho and Bengio 2014, section 2). A [Walker] follows these lines from switch to
// switch, depth first, so its memory is that of the network and not that of the
// pieces.
//
// # What is counted
//
// What holds at a single point is not counted, only what holds on intervals. A
// unit is above on an open interval where its pre-activation is ≥ 0 throughout,
// below where it is < 0, and it switches at a point where it is above on one side
// and below on the other: by passing zero, by leaving a plateau of exactly zero
// downwards, or by jumping. Touching zero at one point and turning back is no
// switch. The class of the network on an open interval is defined in the same way.
//
// The ends of the line have one side only: nothing switches, bends or changes
// there. So if a line is cut in two, the counts of the halves add up (pieces: less
// one) to those of the whole, except for what happens exactly at the cut.
//
// # Accuracy
//
// Lines are kept as slope and intercept, not as values at the ends of a piece: they
// depend on which units are above, and not on where the piece lies. Their numbers
// are float64, each a chain acc = bias; acc += weight·value over the units of the
// layer before, with every product rounded before it is added. So the counts are
// the same on every CPU, and:
//
//   - Where weights and biases are multiples of a power of two and the numbers fit
//     in 53 bits, the lines are exact: a composition of 2^k tents has 2^k pieces.
//     A zero is the quotient -intercept/slope, rounded once, so zeros that are equal
//     as real numbers are equal in float64 too, whatever they are; two that are
//     less than 2⁻⁵² apart, relatively, may merge.
//   - Otherwise slope and intercept are those of a network whose weights differ
//     from the given ones by relative errors of at most γ(K+1) in each layer,
//     γ(m) = m·u/(1-m·u), u = 2⁻⁵³, K the fan-in (the standard bound of a dot
//     product), with different errors from piece to piece. A count is off only
//     where errors of that size decide: two switches of different units so close
//     together, or a turn so close to zero.
//
// Overflow is reported. Below 2⁻¹⁰²² numbers lose digits and below 2⁻¹⁰⁷⁴ they
// vanish, far from anything that the float32 of a grid can hold.
package piecewise
