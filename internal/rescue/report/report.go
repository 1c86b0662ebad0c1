// Package report writes the page to look through after a rescue: what was found
// and how often, what was left, and each story with its fields marked in the
// page they came from.
//
// The page is one HTML file that fetches nothing and has no script. Stories are
// written as they come, to a temporary file, because the totals that stand above
// them are known at the end only: memory does not grow with the rescue.
//
// The package does not rescue and does not serve. It shows no address that a
// story has sealed.
package report

import (
	"bufio"
	"embed"
	"fmt"
	"html/template"
	"io"
	"os"

	"colophon/internal/archive"
	"colophon/internal/look"
	"colophon/internal/rescue"
)

//go:embed page.html story.html style.css
var files embed.FS

// Original reads the bytes of a source.
type Original func(archive.Source) ([]byte, error)

// Report is one report that is being written. It is not for several goroutines
// at once.
type Report struct {
	to        io.Writer
	title     string
	templates *template.Template

	spool    *os.File // the stories, nil before the first
	buffer   *bufio.Writer
	stories  int
	findings map[string]*tally // by code
}

// New begins a report with a title, to be written to w by Close. Nothing is
// written to w before.
func New(w io.Writer, title string) *Report {
	funcs := template.FuncMap{
		"told": told, "plainly": plainly, "grouped": grouped[int], "grouped64": grouped[int64],
		"counted": counted[int], "counted64": counted[int64],
	}
	templates := template.Must(template.New("report").Funcs(funcs).ParseFS(files, "*.html", "style.css"))
	template.Must(templates.New("base.css").Parse(look.Base))
	return &Report{to: w, title: title, findings: map[string]*tally{}, templates: templates}
}

// Story adds a story. original is asked for those of its sources that are shown;
// an error of kind NotFound or Damaged is told in the report, any other is
// returned as it is. An error of kind Internal says that the temporary file
// cannot be written.
func (r *Report) Story(s *archive.Story, original Original) error {
	if err := r.open(); err != nil {
		return err
	}
	r.stories++
	v, err := newStoryView(s, r.stories, original)
	if err != nil {
		return err
	}
	r.tally(s, v)
	if err := r.templates.ExecuteTemplate(r.buffer, "story", v); err != nil {
		return archive.Wrap(archive.Internal, "cannot write the stories of the report", err)
	}
	return nil
}

// Close writes the report: the totals of res, then the stories. An error of kind
// Internal says that it could not be written whole.
func (r *Report) Close(res *rescue.Result) error {
	defer r.Discard()
	if err := r.write(res); err != nil {
		return archive.Wrap(archive.Internal, "cannot write the report", err)
	}
	return nil
}

// Discard frees what the report holds, for a rescue that failed. After Close it
// does nothing.
func (r *Report) Discard() {
	if r.spool == nil {
		return
	}
	_ = r.spool.Close()           // nothing in it is wanted any more
	_ = os.Remove(r.spool.Name()) // where it could not be removed while open
	r.spool, r.buffer = nil, nil
}

// open makes the temporary file at the first story.
func (r *Report) open() error {
	if r.spool != nil {
		return nil
	}
	f, err := os.CreateTemp("", "rescue-*.report")
	if err != nil {
		return archive.Wrap(archive.Internal, "cannot make a temporary file for the report", err)
	}
	// Where the system allows it the name goes at once: however the process
	// ends, nothing is left behind.
	_ = os.Remove(f.Name())
	r.spool, r.buffer = f, bufio.NewWriterSize(f, 64<<10)
	return nil
}

func (r *Report) write(res *rescue.Result) error {
	out := bufio.NewWriterSize(r.to, 64<<10)
	v := newPageView(r, res)
	if err := r.templates.ExecuteTemplate(out, "top", v); err != nil {
		return err
	}
	if err := r.copyStories(out); err != nil {
		return err
	}
	if err := r.templates.ExecuteTemplate(out, "bottom", v); err != nil {
		return err
	}
	return out.Flush()
}

func (r *Report) copyStories(out io.Writer) error {
	if r.spool == nil {
		return nil
	}
	if err := r.buffer.Flush(); err != nil {
		return fmt.Errorf("write the temporary file: %w", err)
	}
	if _, err := r.spool.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read the temporary file: %w", err)
	}
	_, err := io.Copy(out, r.spool)
	return err
}
