// Package pgtest gives tests a PostgreSQL server of their own: started for the
// test process, on a socket in a temporary folder, gone with it. It knows nothing
// of what the databases hold, and is no way to start a server for anything else.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Env names the database that the tests run on: "postgres", or nothing for SQLite.
const Env = "COLOPHON_TEST_DATABASE"

// Wanted says whether the tests are to run on PostgreSQL.
func Wanted() bool { return os.Getenv(Env) == "postgres" }

// Server is a running server.
type Server struct {
	bin     string // the folder of its programs
	dir     string // of its data and its socket
	cmd     *exec.Cmd
	ended   chan struct{} // closed when the server has ended
	made    chan int      // holds the number of the next database
	drafted bool          // the template is there
}

// patience is how long a server may take to start, or to stop.
const patience = time.Minute

// Start makes a server, or says why there can be none. Settings are added to those
// that suit tests, each as name=value.
func Start(settings ...string) (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "colophon-pg-")
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, dir: dir, ended: make(chan struct{}), made: make(chan int, 1)}
	s.made <- 1
	if err := s.start(settings); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// programs finds the folder of the server's programs: the newest where there are
// several.
func programs() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		return filepath.Dir(slices.Max(found)), nil
	}
	path, err := exec.LookPath("postgres")
	if err != nil {
		return "", errors.New("no PostgreSQL server is here (Debian, Ubuntu: apt-get install postgresql)")
	}
	return filepath.Dir(path), nil
}

func (s *Server) start(settings []string) error {
	owner, err := s.owner()
	if err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")
	cluster := exec.Command(filepath.Join(s.bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	cluster.SysProcAttr, cluster.Dir = owner, s.dir
	if out, err := cluster.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	// What the tests lose at a loss of power is theirs to lose.
	s.cmd = exec.Command(filepath.Join(s.bin, "postgres"), "-D", data, "-k", s.dir, "-c", "listen_addresses=", "-c", "fsync=off",
		"-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "autovacuum_naptime=5s", "-c", "log_min_messages=fatal")
	for _, setting := range settings {
		s.cmd.Args = append(s.cmd.Args, "-c", setting)
	}
	s.cmd.SysProcAttr, s.cmd.Dir = owner, s.dir
	log, err := os.Create(filepath.Join(s.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd.Stderr = log
	begun := make(chan error)
	go func() {
		// The server ends with the thread that started it: this one waits for it.
		runtime.LockOSThread()
		err := s.cmd.Start()
		begun <- err
		if err == nil {
			_ = s.cmd.Wait() // how it ended is in its log
			close(s.ended)
		}
	}()
	if err := <-begun; err != nil {
		return err
	}
	return s.wait()
}

// wait returns when the server answers.
func (s *Server) wait() error {
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		err := s.run(context.Background(), "postgres", "SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-s.ended:
			out, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			return fmt.Errorf("the server ended: %s", out)
		default:
		}
		if time.Now().After(end) {
			return errors.Join(err, s.Stop())
		}
	}
}

// Stop ends the server and removes its folder.
func (s *Server) Stop() error {
	// Open connections are cut off, as at the end of a test process they should be.
	err := s.cmd.Process.Signal(syscall.SIGINT)
	if errors.Is(err, os.ErrProcessDone) {
		err = nil
	}
	if err == nil {
		select {
		case <-s.ended:
		case <-time.After(patience):
			err = errors.Join(errors.New("the server did not stop"), s.cmd.Process.Kill())
		}
	}
	return errors.Join(err, os.RemoveAll(s.dir))
}

// address is that of a database.
func (s *Server) address(name string) string {
	return "postgres:///" + name + "?host=" + s.dir + "&user=postgres"
}

// run runs a statement in a database of the server.
func (s *Server) run(ctx context.Context, name, statement string) error {
	conn, err := pgx.Connect(ctx, s.address(name))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

// New makes an empty database and returns its address.
func (s *Server) New(ctx context.Context) (string, error) { return s.create(ctx, "template0") }

// Copy makes a copy of a database that prepare has filled, once for all copies.
// prepare leaves no connection to it open.
func (s *Server) Copy(ctx context.Context, prepare func(address string) error) (string, error) {
	n := <-s.made
	if !s.drafted {
		err := s.run(ctx, "postgres", "CREATE DATABASE draft TEMPLATE template0")
		if err == nil {
			err = prepare(s.address("draft"))
		}
		if err != nil {
			s.made <- n
			return "", err
		}
		s.drafted = true
	}
	s.made <- n
	return s.create(ctx, "draft")
}

// create makes databases one after the other: two at once would refuse each other
// the template.
func (s *Server) create(ctx context.Context, template string) (string, error) {
	n := <-s.made
	defer func() { s.made <- n + 1 }()
	name := fmt.Sprintf("archive%d", n)
	err := s.run(ctx, "postgres", "CREATE DATABASE "+name+" TEMPLATE "+template)
	return s.address(name), err
}

// Drop removes a database, and ends the connections to it.
func (s *Server) Drop(ctx context.Context, address string) error {
	name, _, _ := strings.Cut(strings.TrimPrefix(address, "postgres:///"), "?")
	return s.run(ctx, "postgres", "DROP DATABASE "+name+" WITH (FORCE)")
}

// Main runs the tests of a package, with a server in to where they are to run on
// PostgreSQL, and returns the exit code.
func Main(run func() int, to **Server) int {
	if !Wanted() {
		return run()
	}
	s, err := Start()
	if err != nil {
		// It was asked for by name: make test-postgres looks first whether it is there.
		fmt.Fprintln(os.Stderr, "nothing is tried on PostgreSQL:", err)
		return 1
	}
	*to = s
	code := run()
	if err := s.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop the PostgreSQL server:", err)
		return 1
	}
	return code
}

// Or returns the address of a new, empty database for the time of a test; where
// there is no server, the path of a file.
func (s *Server) Or(t testing.TB, path string) string {
	t.Helper()
	if s == nil {
		return path
	}
	address, err := s.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.dropAfter(t, address)
	return address
}

// OrCopy is Or with a copy of a database that prepare has filled, once for all;
// it leaves no connection open.
func (s *Server) OrCopy(t testing.TB, path string, prepare func(address string) error) string {
	t.Helper()
	if s == nil {
		return path
	}
	address, err := s.Copy(t.Context(), prepare)
	if err != nil {
		t.Fatal(err)
	}
	s.dropAfter(t, address)
	return address
}

func (s *Server) dropAfter(t testing.TB, address string) {
	t.Cleanup(func() {
		if err := s.Drop(context.WithoutCancel(t.Context()), address); err != nil {
			t.Error(err)
		}
	})
}
