package web

import (
	"log/slog"
	"net/http"
	"time"

	"colophon/internal/web/kept"
)

// recorder counts what is answered.
type recorder struct {
	http.ResponseWriter
	status int // 0 until the answer has begun
	bytes  int64
	seen   kept.Moment // before anything was read for the answer
}

// WriteHeader notes the status and passes it on.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes and passes them on.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Flush sends what has been written, so that the reader of a long page sees its
// beginning.
func (r *recorder) Flush() {
	_ = http.NewResponseController(r.ResponseWriter).Flush() // where it cannot, the page comes later
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// logged writes one line for each request that is not answered from memory.
func (s *site) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.now()
		rec := &recorder{ResponseWriter: w}
		if s.kept != nil {
			rec.seen = s.kept.Seen()
		}
		defer func() { s.note(r, r.Pattern, rec.status, rec.bytes, start) }()
		next.ServeHTTP(rec, r)
	})
}

// note writes the line of a request. What could say who reads what stays out:
// the reader's address, the browser, the path, the query and cookies.
func (s *site) note(r *http.Request, route string, status int, sent int64, start time.Time) {
	ctx, end := r.Context(), s.now()
	if !s.log.Enabled(ctx, slog.LevelInfo) {
		return
	}
	// The record is made here and not by the logger, which would ask the clock once
	// more and look for the caller: half of what the line costs.
	line := slog.NewRecord(end, slog.LevelInfo, "request", 0)
	line.AddAttrs(
		slog.String("method", knownMethod(r.Method)),
		slog.String("route", route),
		slog.Int("status", status),
		slog.Duration("duration", end.Sub(start)),
		slog.Int64("bytes", sent))
	_ = s.log.Handler().Handle(ctx, line) // a logger ignores it too: there is nowhere to tell
}

// knownMethod keeps what a stranger may write in a request out of the log.
func knownMethod(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}

// guards are the headers that every answer has, redirects and failures too.
func guards() fields {
	// connect-src lets tools that look at a page from inside it ask for robots.txt;
	// pages themselves have nothing that could connect.
	const policy = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
		"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	return fields{
		{"Content-Security-Policy", []string{policy}},
		{"X-Content-Type-Options", []string{"nosniff"}},
		{"Referrer-Policy", []string{"same-origin"}}, // other sites do not learn what was read
		{"Cross-Origin-Opener-Policy", []string{"same-origin"}},
		{"Cross-Origin-Resource-Policy", []string{"same-origin"}},
	}
}

// guarded sets the guards on every answer.
func (s *site) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.guards.on(w.Header())
		next.ServeHTTP(w, r)
	})
}
