// Package piecewise counts exactly, without a grid, how a network of one input
// with ReLU, leaky ReLU, step or identity units bends, jumps and changes class
// along a line.
//
// Such a network is a piecewise affine function: while no unit switches, every
// pre-activation is a line slope·x + intercept (Montúfar, Pascanu, Cho and Bengio
// 2014, "On the number of linear regions of deep neural networks"; Hanin and Rolnick
// 2019, "Complexity of linear regions in deep networks"). A [Walker] follows these
// lines from switch to switch, depth first: its memory grows with the units of the
// network and not with the pieces of the function.
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
// Lines are kept as slope and intercept, not as values at the ends of an interval:
// so they depend on which units are above, and not on where the interval lies. Their
// numbers are float64, each a chain acc = bias; acc += weight·value over the units of
// the layer before, with every product rounded before it is added. So the counts are
// the same on every CPU, and:
//
//   - Where weights and biases are multiples of a power of two and all numbers fit
//     in 53 bits, the lines are exact: k composed tents have 2^k pieces. A zero is
//     the quotient -intercept/slope, rounded once, so zeros that are equal as real
//     numbers are equal in float64 too, whatever they are; two that are closer than
//     2⁻⁵², relatively, may merge.
//   - Otherwise a line is that of a network whose weights and biases differ from the
//     given ones by relative errors of at most γ(K+2), γ(m) = m·u/(1-m·u), u = 2⁻⁵³,
//     K the fan-in (the standard bound of a dot product and one rounding for a leaky
//     unit), but not the same errors for every line, its slope and its intercept. A
//     count is off only where errors of that size decide: where two switches are so
//     close together, or a turn so close to zero.
//
// Overflow is reported. Underflow is not: numbers lose digits below 2⁻¹⁰²² and
// vanish below 2⁻¹⁰⁷⁴, far below those of a float32 field.
package piecewise
