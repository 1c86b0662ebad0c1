package charset

import "fmt"

// Replay reads b by a log that Decode has written, guessing nothing. The text is
// the same. It fails if the log does not cover b in order or names an encoding
// that is not known.
func Replay(b []byte, log []Span) (*Text, error) {
	end := 0
	for _, s := range log {
		if s.Start != end || s.End < s.Start || s.End > len(b) {
			return nil, fmt.Errorf("charset: log has a gap or an overlap at byte %d", s.Start)
		}
		for _, name := range append([]string{s.Encoding}, s.Undone...) {
			if !known(name) {
				return nil, fmt.Errorf("charset: unknown encoding %q in log", name)
			}
		}
		end = s.End
	}
	if end != len(b) {
		return nil, fmt.Errorf("charset: log ends at byte %d of %d", end, len(b))
	}
	return render(b, log), nil
}
