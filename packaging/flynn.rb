# A formula for Homebrew, for a tap of one's own: doc/release.md says how its url and sha256 are filled in.
class Flynn < Formula
  desc "Full-screen terminal chat for language models of your own"
  homepage "https://example.org/flynn"
  url "https://example.org/flynn/flynn-0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "MIT"

  depends_on "pkgconf" => :build
  depends_on "chafa"
  depends_on "cjson"
  depends_on "curl"
  depends_on "gdk-pixbuf"
  depends_on "libtermkey"
  depends_on "libyaml"
  depends_on "md4c"
  depends_on "ncurses"
  depends_on "nettle"
  depends_on "pcre2"
  depends_on "sqlite"
  depends_on "utf8proc"

  def install
    system "./configure", *std_configure_args
    system "make"
    system "make", "install"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/flynn --version")
    assert_match "flynn demo", shell_output("#{bin}/flynn --help")
  end
end
