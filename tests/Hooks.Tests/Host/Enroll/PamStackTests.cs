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
        "# Changed by `sshfn host enroll`; `sshfn host unenroll` puts the old file back.\n" + Debian + """
        session    required     pam_exec.so quiet stdout /usr/local/bin/sshfn host session
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
        "host session --folder /srv/a --run-folder /srv/b\nsession    required     pam_permit.so\n",
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

    private static string? Include(string name) => name switch
    {
        "common-auth" => "# all of it\nauth [success=1 default=ignore] pam_unix.so nullok\nauth requisite pam_deny.so\nauth required pam_permit.so\n",
        "mixed" => "auth required pam_unix.so\naccount required pam_unix.so\n",
        "common-account" or "common-session" or "common-password" => "account required pam_unix.so\n",
        _ => null,
    };
}
