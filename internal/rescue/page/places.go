package page

import "sort"

// places maps a line's text to the decoded page: a list of runs, each of which
// says where a stretch of text begins in both.
type places []place

// place is the beginning of a run. Within a run text and page advance together,
// unless doc is not 0: then the whole run was read from that many bytes (an
// entity).
type place struct {
	text, page uint32
	doc        uint32
}

// add notes that the text from offset t on was read from offset p of the page.
// A run that only continues the one before is not stored.
func (ps *places) add(t, p, doc int) {
	n := len(*ps)
	if n > 0 && doc == 0 {
		last := (*ps)[n-1]
		if last.doc == 0 && p-int(last.page) == t-int(last.text) {
			return
		}
	}
	*ps = append(*ps, place{uint32(t), uint32(p), uint32(doc)})
}

// find returns the index of the run that holds text offset t.
func (ps places) find(t int) int {
	return sort.Search(len(ps), func(i int) bool { return int(ps[i].text) > t }) - 1
}

// span returns the range of the page from which text[i:j] was read.
func (ps places) span(i, j int) (start, end int) {
	if len(ps) == 0 {
		return 0, 0
	}
	a := ps[max(0, ps.find(i))]
	start = int(a.page)
	if a.doc == 0 {
		start += i - int(a.text)
	}
	if j <= i {
		return start, start
	}
	b := ps[max(0, ps.find(j-1))]
	if b.doc > 0 {
		return start, int(b.page) + int(b.doc)
	}
	return start, int(b.page) + j - int(b.text)
}

// spliced returns the map of the same text after text[i:j] has been replaced by
// n bytes, which are held to come from all of the old range.
func (ps places) spliced(i, j, n int) places {
	start, end := ps.span(i, j)
	var out places
	for _, p := range ps {
		if int(p.text) < i {
			out = append(out, p)
		}
	}
	out.add(i, start, max(1, end-start))
	for k, p := range ps {
		next := int(^uint32(0) >> 1)
		if k+1 < len(ps) {
			next = int(ps[k+1].text)
		}
		switch {
		case int(p.text) >= j:
			p.text = uint32(int(p.text) + n - (j - i))
			out = append(out, p)
		case next > j:
			if p.doc == 0 {
				out = append(out, place{uint32(i + n), p.page + uint32(j-int(p.text)), 0})
			}
		}
	}
	return out
}
