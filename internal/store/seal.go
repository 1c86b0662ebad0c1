package store

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"colophon/internal/archive"
)

// LoadOrMakeKey reads the key that addresses are sealed with from a file, and
// makes the file on first use, readable by its owner only. The file holds 64
// hexadecimal digits and a line end, so that it can be kept on paper. Without
// it, sealed addresses cannot be opened: keep a copy, apart from the database.
// Errors: Damaged where the file is not a key.
func LoadOrMakeKey(path string) ([32]byte, error) {
	key, err := loadKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, wrap("read the seal key "+path, err)
	}
	if err := makeKey(path); err != nil {
		return key, wrap("make the seal key "+path, err)
	}
	// Read back: another process may have made it first.
	key, err = loadKey(path)
	return key, wrap("read the seal key "+path, err)
}

func loadKey(path string) (key [32]byte, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return key, err
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(data)))
	if err != nil || len(raw) != len(key) {
		return key, archive.Errorf(archive.Damaged, "The seal key %s is not 64 hexadecimal digits. Put back a copy of it.", path)
	}
	return [32]byte(raw), nil
}

// makeKey never replaces a key: a link, unlike a rename, fails where the name
// is taken.
func makeKey(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".key-*") // made with mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // under its other name it stays
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails: https://pkg.go.dev/crypto/rand#Read
	_, err = f.WriteString(hex.EncodeToString(key[:]) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(dir)
}

// sealer encrypts addresses and makes the values they are found by. It is nil
// without a key.
type sealer struct {
	gcm    cipher.AEAD
	lookup []byte // key of the HMAC
	check  []byte // tells which key it is, without telling the key
}

func newSealer(key [32]byte) (*sealer, error) {
	if key == ([32]byte{}) {
		return nil, nil
	}
	derive := func(use string) ([]byte, error) {
		return hkdf.Key(sha256.New, key[:], nil, "colophon sealed address "+use, 32)
	}
	enc, err1 := derive("encrypt v1")
	lookup, err2 := derive("lookup v1")
	check, err3 := derive("check v1")
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(enc)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	return &sealer{gcm: gcm, lookup: lookup, check: check}, err
}

// normalAddress is the form an address is looked up by.
func normalAddress(address string) string {
	return strings.ToLower(strings.TrimSpace(address))
}

func (s *sealer) find(address string) []byte {
	h := hmac.New(sha256.New, s.lookup)
	h.Write([]byte(normalAddress(address)))
	return h.Sum(nil)
}

// seal encrypts an address. The lookup value is bound to it: a row put together
// from two others does not open.
func (s *sealer) seal(address string) (lookup, nonce, ciphertext []byte) {
	lookup = s.find(address)
	nonce = make([]byte, s.gcm.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return lookup, nonce, s.gcm.Seal(nil, nonce, []byte(address), lookup)
}

func (s *sealer) open(lookup, nonce, ciphertext []byte) (string, error) {
	if len(nonce) != s.gcm.NonceSize() {
		return "", archive.Errorf(archive.Damaged, "A sealed address is damaged.")
	}
	plain, err := s.gcm.Open(nil, nonce, ciphertext, lookup)
	if err != nil {
		return "", archive.Wrap(archive.Damaged, "A sealed address does not open with this key.", err)
	}
	return string(plain), nil
}

// haveKey refuses to go on without the key of this archive. The first key used
// becomes its key.
func (s *Store) haveKey(ctx context.Context, tx *batch, first bool) error {
	if s.sealer == nil {
		return archive.Errorf(archive.Invalid, "The seal key is missing. Put back the key file of this archive.")
	}
	var have []byte
	err := tx.one(ctx, `SELECT value FROM settings WHERE name = $1`, []any{"seal-check"}, []any{&have})
	switch {
	case errors.Is(err, sql.ErrNoRows) && first:
		return tx.exec(ctx, `INSERT INTO settings (name, value) VALUES ($1, $2)`, "seal-check", s.sealer.check)
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err == nil && !bytes.Equal(have, s.sealer.check):
		return archive.Errorf(archive.Conflict, "The seal key is not the one this archive's addresses were sealed with. Put back the first key file.")
	}
	return err
}

// FindSealed returns the stories that a claim to an e-mail address concerns, by
// id. Merged stories are named by what they have become part of. Errors:
// Invalid without a key, Conflict with another key.
func (s *Store) FindSealed(ctx context.Context, address string) (ids []int64, err error) {
	err = s.read(ctx, "look for a sealed address", func(tx *batch) error {
		if err := s.haveKey(ctx, tx, false); err != nil {
			return err
		}
		ids, err = tx.ids(ctx, `SELECT DISTINCT coalesce(s.merged_into, s.id) AS story FROM sealed_addresses a
			JOIN stories s ON s.id = a.story_id WHERE a.lookup = $1 ORDER BY story`, s.sealer.find(address))
		return err
	})
	return ids, err
}

// OpenSealed returns the addresses sealed for a story, in clear, for a claim:
// each once, in the order of the source. Errors: Invalid without a key,
// Conflict with another key, Damaged for a row that does not open.
func (s *Store) OpenSealed(ctx context.Context, id int64) (open []archive.Sealed, err error) {
	err = s.read(ctx, "open sealed addresses", func(tx *batch) error {
		if err := s.haveKey(ctx, tx, false); err != nil {
			return err
		}
		return tx.each(ctx, func(scan func(...any) error) error {
			var x archive.Sealed
			var lookup, nonce, text []byte
			if err := scan(&x.Start, &x.End, &x.Field, &lookup, &nonce, &text, &x.Source); err != nil {
				return err
			}
			if x.Address, err = s.sealer.open(lookup, nonce, text); err != nil {
				return err
			}
			open = append(open, x)
			return nil
		}, `SELECT a.start_at, a.end_at, a.field, a.lookup, a.nonce, a.ciphertext, coalesce(min(o.path), '')
			FROM sealed_addresses a LEFT JOIN sources o ON o.digest = a.digest
			WHERE a.story_id = $1 GROUP BY a.id ORDER BY a.id`, id)
	})
	return open, err
}
