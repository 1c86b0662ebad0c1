package charset

import "sync"

// once keeps the tables that are costly to build and never change afterwards.
// It is package state for the reason compiled regular expressions are: Decode
// is called for a page of a few KB, the tables take milliseconds.
var once registry //nolint:gochecknoglobals // built once, never changed: see above

type registry struct {
	pages, wides sync.Map // canonical name -> *page, *wide; nil for none

	modelsOnce sync.Once
	modelList  []*model
	statesOnce sync.Once
	stateList  []*state
	marksOnce  sync.Once
	markTable  *markTable
}

// models returns the letter statistics of every language.
func (r *registry) models() []*model {
	r.modelsOnce.Do(func() { r.modelList = loadModels() })
	return r.modelList
}

// states returns every way of reading that is looked for unasked.
func (r *registry) states() []*state {
	r.statesOnce.Do(func() { r.stateList = newStates() })
	return r.stateList
}

// marks returns the characters that misread UTF-8 is made of.
func (r *registry) marks() *markTable {
	r.marksOnce.Do(func() { r.markTable = newMarkTable() })
	return r.markTable
}

// codePage returns the single-byte table of a canonical name, nil if there is none.
func codePage(name string) *page {
	if p, ok := once.pages.Load(name); ok {
		return p.(*page)
	}
	p, _ := once.pages.LoadOrStore(name, newPage(name))
	return p.(*page)
}

// wideTable returns the double-byte table of a canonical name, nil if there is none.
func wideTable(name string) *wide {
	if w, ok := once.wides.Load(name); ok {
		return w.(*wide)
	}
	w, _ := once.wides.LoadOrStore(name, newWide(name))
	return w.(*wide)
}
