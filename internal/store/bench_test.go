package store_test

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"colophon/internal/archive"
)

// BenchmarkSave stores generated stories of 40 KB with 15 pieces of evidence in
// batches of 64, and says what one story costs in CPU time of the process.
func BenchmarkSave(b *testing.B) {
	s, _ := openNew(b)
	text := "<p>" + strings.Repeat("The tide went out, and the harbour lay dark. ", 900) + "</p>"
	n := 0
	start := cpuTime(b)
	for b.Loop() {
		stories := make([]*archive.Story, 64)
		for i := range stories {
			stories[i] = large(n, text)
			n++
		}
		save(b, s, stories...)
	}
	b.ReportMetric(float64((cpuTime(b)-start).Microseconds())/float64(n), "µs-cpu/story")
	b.ReportMetric(b.Elapsed().Seconds()*1e6/float64(n), "µs/story")
}

// large is one story of a generated archive.
func large(n int, text string) *archive.Story {
	path := fmt.Sprintf("stories/%05d.html", n)
	s := sample(fmt.Sprintf("Story %d", n), fmt.Sprintf("Writer %d", n%700), page("/old/archive", path, path))
	s.Header.Fandoms = []string{fmt.Sprintf("Show %d", n%12)}
	s.Header.Characters = []string{"Ana", "Ruben", fmt.Sprintf("Guest %d", n%300)}
	s.Chapters = []archive.Chapter{{Text: fmt.Sprintf("<p>%d</p>", n) + text, Words: 8000}}
	s.Sealed[0].Address = fmt.Sprintf("writer%d@lamp.example", n%700)
	s.Sketch = make([]byte, 256)
	for i := len(s.Evidence); i < 15; i++ {
		s.Evidence = append(s.Evidence, archive.Evidence{
			Field: archive.FieldCharacters, Index: i, Source: path, Start: 100 + i, End: 120 + i,
			Rule: "label:characters", Confidence: 0.97, Written: "a value as it was written",
		})
	}
	return s
}

func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
