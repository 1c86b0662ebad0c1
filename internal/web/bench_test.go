package web_test

import (
	"net/http"
	"testing"
)

// BenchmarkPage measures what a reader waits for, the store included.
func BenchmarkPage(b *testing.B) {
	h := open(b, config(b, samples()))
	for name, path := range map[string]string{
		"home":    "/",
		"listing": "/stories",
		"story":   "/stories/1/the-lamplighters-winter",
		"whole":   "/stories/7/dont-look-down-aenigma-2/all",
		"source":  lampsSource,
		"large":   "/stories/6/a-long-page/source/1?from=200000",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if w := get(b, h, path); w.Code != http.StatusOK {
					b.Fatalf("%s answers %d", path, w.Code)
				}
			}
		})
	}
}
