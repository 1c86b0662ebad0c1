package vault_test

import (
	"fmt"
	"testing"
)

// BenchmarkPut compares one call for 64 pages of 40 KB with 64 calls.
func BenchmarkPut(b *testing.B) {
	for _, all := range []bool{true, false} {
		b.Run(map[bool]string{true: "PutAll", false: "Put"}[all], func(b *testing.B) {
			v := open(b)
			n := 0
			for b.Loop() {
				pages := make([][]byte, 64)
				for i := range pages {
					pages[i] = storyPage(n)
					n++
				}
				if !all {
					for _, p := range pages {
						put(b, v, p)
					}
					continue
				}
				if _, err := v.PutAll(b.Context(), pages); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()*1e6/float64(n), "µs/page")
		})
	}
}

// storyPage is a page of 40 KB, unlike every other, that packs about as real
// pages do.
func storyPage(n int) []byte {
	words := []string{"harbour", "lamp", "the", "ferry", "went", "out", "and", "Ana", "said", "nothing", "of", "it", "winter", "rope"}
	page := fmt.Appendf(nil, "<html><title>Story %d</title>", n)
	for x := uint32(n + 1); len(page) < 40_000; {
		x = x*1664525 + 1013904223
		page = append(page, words[x>>16%uint32(len(words))]...)
		if x>>24 < 12 {
			page = append(page, ".<br>\r\n"...)
		}
		page = append(page, ' ')
	}
	return page
}
