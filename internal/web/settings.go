package web

import (
	"net/http"

	"colophon/internal/archive"
)

// settingsLimit is the most bytes of a form of settings.
const settingsLimit = 8 << 10

// yearSeconds is how long a browser keeps what a reader has chosen.
const yearSeconds = 365 * 24 * 60 * 60

// settings is the page of a reader's choices. Pages carry the same form; this
// one is for browsers that cannot unfold it, and says what it does.
func (s *site) settings(w http.ResponseWriter, r *http.Request) error {
	v := s.visit(r)
	v.here = local(orElse(r.URL.Query().Get("back"), "/"))
	p := v.page(v.Say("settings.title"))
	p.Class, p.Index = "settings", false
	return s.show(w, r, p, settingsView(v))
}

// choose keeps what a reader has chosen in the reader's own browser, and leads
// back to the page it was chosen on.
func (s *site) choose(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, settingsLimit)
	if err := r.ParseForm(); err != nil {
		return archive.Wrap(archive.Invalid, "The form could not be read. Go back and try once more.", err)
	}
	l, language := lookFrom(r.PostForm), s.tongues.Named(r.PostForm.Get("language"))
	if r.PostForm.Has("reset") {
		l, language = looks{}, ""
	}
	s.keep(w, lookCookie, l.cookie())
	s.keep(w, languageCookie, language)
	http.Redirect(w, r, local(r.PostForm.Get("back")), http.StatusSeeOther)
	return nil
}

// keep sets a cookie, or removes it where the value is "".
func (s *site) keep(w http.ResponseWriter, name, value string) {
	age := yearSeconds
	if value == "" {
		age = -1
	}
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure(),
	})
}
