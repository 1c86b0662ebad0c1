package main

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// How much garbage may lie about before the collector runs: room for it, in
// bytes, but never less than leastPercent or more than mostPercent of what is in
// use. A small archive answers more requests between two runs; a large one, whose
// catalogue is most of what is in use, does not need twice its size.
const (
	garbageRoom  = 12 << 20
	leastPercent = 50
	mostPercent  = 200
	// memoryEvery is how often that is looked at.
	memoryEvery = 2 * time.Second
)

// saveMemory sets how often the collector runs to what is in use, unless GOGC
// says it, until ctx ends.
func saveMemory(ctx context.Context) {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(leastPercent) // while the catalogue is made, which takes more than having it
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	set := leastPercent
	tick := time.NewTicker(memoryEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		metrics.Read(live)
		if want := garbageFor(live[0].Value.Uint64()); want != set {
			debug.SetGCPercent(want)
			set = want
		}
	}
}

// garbageFor is the percentage for a number of bytes in use, in steps of ten,
// so that it is not set anew all the time.
func garbageFor(inUse uint64) int {
	percent := 100 * garbageRoom / max(inUse, 1)
	return int(min(max(percent, leastPercent), mostPercent)) / 10 * 10
}
