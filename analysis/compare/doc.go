// Package compare sets configurations of one dataset side by side: networks of
// different depth at equal units and at equal parameters, the same weights under
// different activations, and 100 units in one layer with 11 + 9 in two. Every
// comparison is an estimate with a 95 % interval and one sentence that is true as
// printed.
//
// # What is compared
//
// A setting is everything about a configuration but its hidden layers and its
// case. Configurations come in the canonical order of the plan, and so does all
// that follows; none is in two groups of one kind.
//
//   - [EqualUnits]: one setting and number of hidden units; each deeper
//     configuration against the shallowest, the first of them if there are several.
//   - [EqualParameters]: one setting and nearly one number of weights and biases,
//     within 2.5 %, or within 10 % where one unit more or less in every hidden layer
//     would come no nearer; each deeper one against the shallowest.
//   - [SameWeights]: one setting but for the activation, and the same layers; each
//     against the first. The draws of nodal depend on seed, layer sizes and the
//     shape of the laws alone, so network i is the same on both sides: a pair.
//   - [Article]: hidden layers of 100 and of 11 and 9 units, one input, one setting.
//
// Only SameWeights is paired: other layers are other draws.
//
// # The intervals
//
// Network i of a configuration belongs to block i mod 500. Of each block only the
// number of finite networks and the sum of every measure over them are kept. The
// networks of a configuration are independent and identically distributed, and so
// are whole blocks; means of resampled blocks therefore spread about the mean as
// the mean about the truth (Efron and Tibshirani, An Introduction to the Bootstrap,
// 1993, chapters 6 and 13; Davison and Hinkley, Bootstrap Methods and their
// Application, 1997, chapter 2). With up to 500 networks every block is a
// network. The half-width of an interval from 500 blocks and 4,000 resamples has a
// relative standard deviation of 1/√1000, 3 %, for the blocks and of 2 % for the
// resamples (that of a quantile q, √(q(1-q)/4000)/φ(1.96), over 1.96).
//
// In full, so that it can be computed again from the rows:
//
//  1. Blocks without finite networks are left out. In a paired group a block
//     counts if it has finite networks on every side that has any: with up to 500
//     networks that leaves the pairs which are finite on every side. The m blocks
//     that are left are numbered from 0 in their order. Means, too, are over
//     these blocks: Σ sums / Σ counts.
//  2. Resample r draws m blocks with replacement. Draw i is the block
//     ⌊w·m/2³²⌋, w being word i mod 4 of Philox4x32-10 at the counter
//     (⌊i/4⌋, 0, r mod 2³², ⌊r/2³²⌋). The key is the first eight bytes, as two
//     big-endian words, of the SHA-256 of a text such as
//     "nodal compare version=1 seed=1 layers=1-11-9-1". Other layers have other
//     keys and are resampled independently; the same layers, paired, are resampled
//     alike. A mean of the resample is Σ sums / Σ counts over the blocks drawn.
//  3. The difference of a resample is that of its two means, the ratio their
//     quotient, of the baseline in the denominator. The ratio has no interval if the
//     mean of the baseline is 0 in the data or in any resample, or if a quotient
//     overflows.
//  4. The interval runs from the 2.5 to the 97.5 % quantile of the resamples,
//     interpolated linearly between order statistics at (resamples-1)·q, as
//     numpy.percentile does. There is none where a side has fewer than 30 blocks:
//     percentile intervals of so few cover too seldom.
//
// A difference is seen where the interval of the ratio leaves out 1 or, without
// such an interval, that of the difference leaves out 0, by more than 10⁻¹² of the
// larger mean, which is rounding. Every interval is a 95 %
// interval on its own; nothing corrects for their number.
package compare
