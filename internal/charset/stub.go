package charset

func undoMojibake(b []byte, t *Text) *Text { return t }
func (r *renderer) mended(s Span)          {}

type Edit struct {
	Start, End int
	New        string
	Undone     []string
}

func Mend(s string) (string, []Edit) { return s, nil }
