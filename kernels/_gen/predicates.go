package main

import "github.com/mmcloughlin/avo/operand"

// Predicates of VCMPPS and VCMPPD, all of them quiet. They are false for NaN but
// for unordered, which is true for nothing else.
const (
	equalTo        = operand.U8(0x00)
	unordered      = operand.U8(0x03)
	lessThan       = operand.U8(0x11)
	greaterOrEqual = operand.U8(0x1d)
	greaterThan    = operand.U8(0x1e)
)
