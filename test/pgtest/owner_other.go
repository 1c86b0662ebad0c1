//go:build !linux

package pgtest

import "syscall"

// owner is whom the server runs as: whoever runs the tests.
func (s *Server) owner() (*syscall.SysProcAttr, error) { return &syscall.SysProcAttr{}, nil }
