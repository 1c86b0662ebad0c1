//go:build race

package lab_test

// raced is whether the race detector is at work. It needs several times the
// memory and the time of the program, so their bounds say nothing then.
const raced = true
