using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Enroll;

namespace SshFunctions.Hooks.Tests.Host.Enroll;

public sealed class PamStackTests
{
    private const string Debian = """
        # PAM configuration for the Secure Shell service
        @include common-auth
        account    required     pam_nologin.so
        @include common-account
        session    required     pam_loginuid.so
        @include common-session
        @include common-password

        """;

    private const string RedHat = """
        #%PAM-1.0
        auth       substack     password-auth
        auth       include      postlogin
        -auth      optional     pam_reauthorize.so \
           prepare
        account    required     pam_sepermit.so
        session    include      password-auth

        """;

    private static readonly DropIn Plain = new(new OpenSshVersion(9, 2), "/usr/local/bin/sshfn", HostFolders.Default, "acme/production/web");

    [Fact]
    public void Keeps_every_line_and_adds_the_session() => Assert.Equal(
        """
        # Changed by `sshfn host enroll`; `sshfn host unenroll` puts the old file back.
        session    required     pam_exec.so type=open_session quiet stdout /usr/local/bin/sshfn host session open

        """ + Debian + """
        session    required     pam_exec.so type=close_session quiet stdout /usr/local/bin/sshfn host session close
        session    required     pam_permit.so

        """,
        PamStack.With(Debian, Plain with { Sessions = true }, Include));

    [Fact]
    public void Asks_for_passcodes_and_for_nothing_else_on_debian() => Assert.Equal(
        """
        # Changed by `sshfn host enroll`; `sshfn host unenroll` puts the old file back.
        # PAM configuration for the Secure Shell service
        auth       required     pam_exec.so expose_authtok quiet stdout /usr/local/bin/sshfn host passcode
        auth       required     pam_permit.so
        account    required     pam_nologin.so
        @include common-account
        session    required     pam_loginuid.so
        @include common-session
        @include common-password

        """,
        PamStack.With(Debian, Plain with { Passcodes = true }, Include));

    [Fact]
    public void Asks_for_passcodes_and_for_nothing_else_on_red_hat() => Assert.Equal(
        """
        # Changed by `sshfn host enroll`; `sshfn host unenroll` puts the old file back.
        #%PAM-1.0
        auth       required     pam_exec.so expose_authtok quiet stdout /usr/local/bin/sshfn host passcode
        auth       required     pam_permit.so
        account    required     pam_sepermit.so
        session    include      password-auth

        """,
        PamStack.With(RedHat, Plain with { Passcodes = true }, Include));

    [Fact]
    public void Says_where_the_files_lie_when_they_lie_elsewhere() => Assert.EndsWith(
        "host session --folder /srv/a --run-folder /srv/b close\nsession    required     pam_permit.so\n",
        PamStack.With("account required pam_permit.so", Plain with { Sessions = true, Folders = new HostFolders("/srv/a", "/srv/b") }, Include),
        StringComparison.Ordinal);

    [Fact]
    public void Takes_passcodes_where_there_was_no_authentication_at_all() => Assert.Contains(
        "pam_permit.so\nauth       required     pam_exec.so expose_authtok",
        PamStack.With("account required pam_permit.so", Plain with { Passcodes = true }, Include),
        StringComparison.Ordinal);

    [Fact]
    public void Refuses_an_included_file_that_can_neither_stay_nor_go()
    {
        CommandFailedException refused = Assert.Throws<CommandFailedException>(() => PamStack.With("@include mixed\n", Plain with { Passcodes = true }, Include));
        Assert.Contains("mixed", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("session required pam_env.so user_readenv=1 envfile=/etc/default/locale\n", "session required pam_env.so user_readenv=0 envfile=/etc/default/locale\n")]
    [InlineData("auth required pam_env.so user_readenv=yes\n", "auth required pam_env.so user_readenv=0\n")]
    [InlineData("session required pam_env.so \\\n  [user_readenv= 1]\n", "session required pam_env.so \\\n  [user_readenv=0 1]\n")]
    [InlineData("# user_readenv=1\nsession required pam_env.so user_readenv=0\n", "# user_readenv=1\nsession required pam_env.so user_readenv=0\n")]
    public void Lets_no_account_set_variables_for_programs_of_root(string stock, string written)
    {
        Assert.Contains(written, PamStack.With(stock, Plain with { Sessions = true }, Include), StringComparison.Ordinal);
        Assert.Contains(written, PamStack.With("account required pam_permit.so\n" + written, Plain with { Sessions = true }, Include), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@include open\n", "line 2 of open, which")]
    [InlineData("session include open\n", "line 2 of open, which")]
    [InlineData("-session SUBSTACK deeper\n", "line 2 of open, which")]
    [InlineData("session required pam_env.so user_\\\nreadenv=1\n", "of the PAM service lets")]
    public void Refuses_a_service_that_lets_accounts_set_variables_where_it_can_not_be_mended(string stock, string complaint)
    {
        CommandFailedException refused = Assert.Throws<CommandFailedException>(() => PamStack.With(stock, Plain with { Sessions = true }, Include));
        Assert.Contains(complaint, refused.Message, StringComparison.Ordinal);
    }

    private static string? Include(string name) => name switch
    {
        "open" => "# for locales\nsession required pam_env.so user_readenv=1\n@include open\n",
        "deeper" => "session required pam_unix.so\nsession include open\n",
        "common-auth" => "# all of it\nauth [success=1 default=ignore] pam_unix.so nullok\nauth requisite pam_deny.so\nauth required pam_permit.so\n",
        "mixed" => "auth required pam_unix.so\naccount required pam_unix.so\n",
        "common-account" or "common-session" or "common-password" => "account required pam_unix.so\n",
        _ => null,
    };
}
