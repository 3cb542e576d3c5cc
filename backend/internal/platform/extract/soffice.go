package extract

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Office turns Office files into what can be shown, with LibreOffice in a process of its own: a profile that is made for
// the one file and thrown away, no macros, no links followed, no network where the system allows that, no settings of
// this process in its environment, and the limits of time and memory of every other file.
type Office struct {
	Command   string        // soffice; "" where it is not installed
	MaxTime   time.Duration // 0 means MaxTime
	Networked bool          // do not try to take the network away; for tests of what holds without that
}

// FindOffice looks for LibreOffice on this machine.
func FindOffice() Office {
	for _, name := range []string{"soffice", "libreoffice"} {
		if path, err := exec.LookPath(name); err == nil {
			return Office{Command: path}
		}
	}
	return Office{}
}

// officeParts are the libraries of LibreOffice's parts, which are packages of their own in many places.
var officeParts = map[string]string{".docx": "libswlo.so", ".pptx": "libsdlo.so", ".ods": "libsclo.so"}

// Can says whether files with an ending can be read here: whether LibreOffice is there, with the part for them.
func (o Office) Can(ending string) bool {
	if o.Command == "" {
		return false
	}
	part := officeParts[".docx"]
	switch {
	case isDeck(ending):
		part = officeParts[".pptx"]
	case ending == ".ods" || ending == ".xls" || ending == ".ots":
		part = officeParts[".ods"]
	}
	real, err := filepath.EvalSymlinks(o.Command)
	if err != nil {
		return false
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(real), "soffice.bin")); err != nil {
		return true // something that starts it: its parts are not to be seen from here
	}
	_, err = os.Stat(filepath.Join(filepath.Dir(real), part))
	return err == nil
}

// profile are settings of LibreOffice: nothing in a document runs, links to elsewhere are not followed, and what would go
// out all the same meets a proxy that is not there.
const profile = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
`

// Convert turns the Office file at path into another format, "pdf", "odt" or "xlsx", and gives where it is, in dir, which must be
// empty. reason is "" when that went well; ending is that of the file's true type, such as ".pptx".
func (o Office) Convert(ctx context.Context, path, ending, dir, to string) (made, reason string, err error) {
	user := filepath.Join(dir, "profile", "user")
	if err := os.MkdirAll(user, 0o700); err != nil {
		return "", "", err
	}
	if err := os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(profile), 0o600); err != nil {
		return "", "", err
	}
	in := filepath.Join(dir, "in"+ending)
	if err := os.Link(path, in); err != nil {
		if err := os.Symlink(path, in); err != nil {
			return "", "", err
		}
	}
	filter := to
	switch { // hidden slides, notes and comments leave with no PDF
	case to == "pdf" && isDeck(ending):
		filter = `pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"false"},"ExportNotes":{"type":"boolean","value":"false"},"ExportNotesPages":{"type":"boolean","value":"false"},"ReduceImageResolution":{"type":"boolean","value":"true"},"MaxImageResolution":{"type":"long","value":"150"}}`
	case to == "pdf":
		filter = `pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"false"},"ExportNotesInMargin":{"type":"boolean","value":"false"}}`
	}
	end, err := o.run(ctx, dir, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--norestore", "--nolockcheck",
		"--nodefault", "--nologo", "--convert-to", filter, "--outdir", filepath.Join(dir, "out"), in)
	if err != nil {
		return "", "", err
	}
	if end.why != "" {
		return "", end.why, nil
	}
	made = filepath.Join(dir, "out", "in."+to)
	if info, err := os.Stat(made); err != nil || info.Size() == 0 { // it says that it went well whatever happened
		return "", "unreadable", nil
	}
	return made, "", nil
}

func (o Office) run(ctx context.Context, dir string, args ...string) (*ended, error) {
	limit := o.MaxTime
	if limit == 0 {
		limit = MaxTime
	}
	start := func(attr *syscall.SysProcAttr) (*ended, error) {
		cmd := exec.Command(o.Command, args...)
		cmd.Env = []string{"HOME=" + dir, "TMPDIR=" + dir, "PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "SAL_USE_VCLPLUGIN=svp", "SAL_DISABLE_OPENCL=1"}
		cmd.Dir = dir
		cmd.SysProcAttr = attr
		return watch(ctx, cmd, limit, 100*time.Millisecond, sessionBytes)
	}
	if o.Networked {
		return start(childAttr())
	}
	end, err := start(alone())
	if err != nil && (errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOSYS)) {
		return start(childAttr()) // the system allows no network of its own: the settings above must do
	}
	return end, err
}

func isDeck(ending string) bool {
	return strings.HasPrefix(ending, ".pp") || ending == ".odp" || ending == ".otp" || ending == ".potx"
}

// officeEndings are the endings by true type of what LibreOffice is given.
var officeEndings = map[string]string{
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
	"application/vnd.openxmlformats-officedocument.presentationml.template":     ".potx",
	"application/vnd.openxmlformats-officedocument.presentationml.slideshow":    ".ppsx",
	"application/vnd.oasis.opendocument.presentation":                           ".odp",
	"application/vnd.ms-powerpoint":                                             ".ppt",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   ".docx",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.template":   ".dotx",
	"application/vnd.oasis.opendocument.text":                                   ".odt",
	"application/vnd.oasis.opendocument.text-template":                          ".ott",
	"application/vnd.oasis.opendocument.spreadsheet-template":                   ".ots",
	"application/vnd.oasis.opendocument.presentation-template":                  ".otp",
	"application/msword": ".doc",
	"application/rtf":    ".rtf",
	"text/rtf":           ".rtf",
	"application/vnd.oasis.opendocument.spreadsheet": ".ods",
	"application/vnd.ms-excel":                       ".xls",
}

// OfficeEnding gives the ending of an Office file by its true type, and by its name for the old formats, which look alike;
// "" when it is none.
func OfficeEnding(mediaType, name string) string {
	if mediaType == "application/x-ole-storage" {
		switch ext := strings.ToLower(filepath.Ext(name)); ext {
		case ".ppt", ".doc", ".xls":
			return ext
		}
		return ""
	}
	return officeEndings[mediaType]
}
