package charset

type markTable struct{}

func newMarkTable() *markTable             { return nil }
func undoMojibake(b []byte, t *Text) *Text { return t }
func (r *renderer) mended(s Span)          {}
