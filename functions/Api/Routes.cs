namespace SshFunctions.Api;

/// <summary>Paths of the HTTP API, relative to the broker's base address, as ASP.NET Core route templates.</summary>
/// <remarks>Every path starts with <c>/api</c>, the Functions host's route prefix. Source: design.md, section 7.</remarks>
public static class Routes
{
    /// <summary>Liveness and version; open.</summary>
    public const string Health = "/api/health";

    /// <summary>The trust bundle as JSON; open; ETag and 304.</summary>
    public const string TrustBundle = "/api/ca";

    /// <summary>The trust bundle with the journal key's signature over it; open; ETag and 304.</summary>
    public const string SignedTrustBundle = "/api/ca/signed";

    /// <summary>Rotation of the broker's signing keys: GET tells how far each is, POST begins one.</summary>
    public const string KeyRotations = "/api/ca/rotation";

    /// <summary>DELETE takes the rotation of a purpose back.</summary>
    public const string KeyRotation = "/api/ca/rotation/{purpose}";

    /// <summary>The user CA keys as text for <c>TrustedUserCAKeys</c>; open.</summary>
    public const string UserCaKeys = "/api/ca/user-keys";

    /// <summary>
    /// Lines of a known_hosts file, open: a comment with their version, the host CA keys as <c>@cert-authority</c>, and as <c>@revoked</c> those that
    /// were cut off and the keys of revoked hosts.
    /// </summary>
    public const string KnownHosts = "/api/ca/known-hosts";

    /// <summary>
    /// Header of a request for a user certificate: the version of the lines of <see cref="KnownHosts"/> that the client holds, or another word where it
    /// holds none. The answer brings those of now when they are of another one.
    /// </summary>
    public const string KnownHostsVersionHeader = "Sshfn-Known-Hosts";

    /// <summary>The KRL, binary; open; ETag and 304. <c>?wait=</c> seconds, at most 50, holds a 304 back until the list changes.</summary>
    public const string RevocationList = "/api/ca/krl";

    /// <summary>The armored SSHSIG over the KRL; open; ETag and 304.</summary>
    public const string RevocationListSignature = "/api/ca/krl.sig";

    /// <summary>Header of the revocation list's answer: its armored signature, in base64.</summary>
    public const string RevocationListSignatureHeader = "Sshfn-Signature";

    /// <summary>Who the caller is.</summary>
    public const string Me = "/api/me";

    /// <summary>How people can sign in; open.</summary>
    public const string SignIn = "/api/sign-in";

    /// <summary>GET tells where a browser begins a sign-in, POST takes the code that it came back with; open.</summary>
    public const string CodeSignIn = "/api/sign-in/code";

    /// <summary>POST makes a challenge to be signed with an SSH key; open.</summary>
    public const string SshKeyChallenges = "/api/sign-in/ssh-key/challenges";

    /// <summary>POST takes a signed challenge and gives an access token; open.</summary>
    public const string SshKeySignIn = "/api/sign-in/ssh-key";

    /// <summary>Registered keys: GET lists, POST registers.</summary>
    public const string Keys = "/api/keys";

    /// <summary>One registered key: DELETE removes it.</summary>
    public const string Key = "/api/keys/{id}";

    /// <summary>POST mints a user certificate.</summary>
    public const string UserCertificates = "/api/certificates/user";

    /// <summary>Hosts: GET lists, POST enrolls one; the POST is open and carries its own proof.</summary>
    public const string Hosts = "/api/hosts";

    /// <summary>One host: GET, DELETE.</summary>
    public const string Host = "/api/hosts/{id}";

    /// <summary>POST tells what is in force on a host.</summary>
    public const string HostReport = "/api/hosts/{id}/report";

    /// <summary>POST tells of logins and logouts on a host.</summary>
    public const string HostSessions = "/api/hosts/{id}/sessions";

    /// <summary>POST lets one connection use a single-use certificate.</summary>
    public const string SpentCertificates = "/api/hosts/{id}/spent-certificates";

    /// <summary>GET gives the signed list of registered keys that may enter a host.</summary>
    public const string HostAuthorizedKeys = "/api/hosts/{id}/authorized-keys";

    /// <summary>POST tells whether a registered key may enter the calling host now.</summary>
    public const string AuthorizeKey = "/api/hosts/authorized-keys";

    /// <summary>Enrollment tokens: GET lists, POST creates.</summary>
    public const string EnrollmentTokens = "/api/enrollment-tokens";

    /// <summary>One enrollment token: DELETE removes it.</summary>
    public const string EnrollmentToken = "/api/enrollment-tokens/{id}";

    /// <summary>POST mints a certificate for one of the calling host's keys.</summary>
    public const string HostCertificates = "/api/certificates/host";

    /// <summary>POST mints the certificate of the calling host's reverse tunnel.</summary>
    public const string TunnelCertificates = "/api/certificates/tunnel";

    /// <summary>POST mints a passcode.</summary>
    public const string Passcodes = "/api/passcodes";

    /// <summary>POST redeems a passcode for the calling host.</summary>
    public const string PasscodeRedemptions = "/api/passcodes/redeem";

    /// <summary>POST mints a password for git over HTTPS.</summary>
    public const string GitPasswords = "/api/git-passwords";

    /// <summary>POST tells a git server whether a password is good now.</summary>
    public const string GitPasswordCheck = "/api/git-passwords/check";

    /// <summary>Revocations: GET lists, POST revokes.</summary>
    public const string Revocations = "/api/revocations";

    /// <summary>One revocation: DELETE lifts it.</summary>
    public const string Revocation = "/api/revocations/{id}";

    /// <summary>GET lists projects.</summary>
    public const string Projects = "/api/projects";

    /// <summary>One project: PUT, GET, DELETE.</summary>
    public const string Project = "/api/projects/{project}";

    /// <summary>GET lists the environments of a project.</summary>
    public const string Environments = "/api/projects/{project}/environments";

    /// <summary>One environment: PUT, GET, DELETE.</summary>
    public const string Environment = "/api/projects/{project}/environments/{environment}";

    /// <summary>GET lists the resources of an environment.</summary>
    public const string Resources = "/api/projects/{project}/environments/{environment}/resources";

    /// <summary>One resource: PUT, GET, DELETE.</summary>
    public const string Resource = "/api/projects/{project}/environments/{environment}/resources/{resource}";

    /// <summary>GET lists the projects, or with <c>?below=</c> the environments, on the way to what the caller may see.</summary>
    public const string Places = "/api/places";

    /// <summary>GET lists every resource that the caller may connect to or manage; <c>?search=</c> and <c>?below=</c> narrow it.</summary>
    public const string VisibleResources = "/api/resources";

    /// <summary>PUT switches SSH on a project, an environment or a resource.</summary>
    public const string SshSwitch = "/api/ssh-switch/{*path}";

    /// <summary>POST tells what a mint would answer, and why.</summary>
    public const string ExplainAccess = "/api/access/explain";

    /// <summary>GET gives the block for an ssh_config file; <c>?hostname=</c> narrows it to one host.</summary>
    public const string SshConfig = "/api/ssh-config";

    /// <summary>GET lists grants; <c>?path=</c> narrows to one path and what lies below it.</summary>
    public const string Grants = "/api/grants";

    /// <summary>One grant: PUT, GET, DELETE.</summary>
    public const string Grant = "/api/grants/{id}";

    /// <summary>Access tokens: GET lists, POST creates.</summary>
    public const string Tokens = "/api/tokens";

    /// <summary>One access token: DELETE removes it.</summary>
    public const string Token = "/api/tokens/{id}";

    /// <summary>POST puts a new access token in the place of another.</summary>
    public const string RotateToken = "/api/tokens/{id}/rotate";

    /// <summary>Access requests: GET lists, POST opens one.</summary>
    public const string AccessRequests = "/api/access-requests";

    /// <summary>One access request: GET.</summary>
    public const string AccessRequest = "/api/access-requests/{id}";

    /// <summary>POST approves or denies an access request.</summary>
    public const string AccessRequestDecision = "/api/access-requests/{id}/decision";

    /// <summary>POST asks for more time for an active access request.</summary>
    public const string AccessRequestExtension = "/api/access-requests/{id}/extension";

    /// <summary>POST ends an access request.</summary>
    public const string AccessRequestClosing = "/api/access-requests/{id}/close";

    /// <summary>POST records that somebody looked into an emergency.</summary>
    public const string AccessRequestReview = "/api/access-requests/{id}/review";

    /// <summary>GET lists the rules of access requests.</summary>
    public const string AccessRules = "/api/access-rules";

    /// <summary>The rule of <c>?path=</c>, the root when absent: PUT, GET, DELETE.</summary>
    public const string AccessRule = "/api/access-rule";

    /// <summary>GET reads the journal, newest first.</summary>
    public const string Journal = "/api/audit";

    /// <summary>The web portal's files; open.</summary>
    public const string Portal = "/api/portal/{*file}";

    /// <summary>GET tells how far each target is behind that the journal is forwarded to.</summary>
    public const string JournalForwarding = "/api/audit/forwarding";

    /// <summary>GET lists the notifications that were given up.</summary>
    public const string FailedNotifications = "/api/notifications/dead";

    /// <summary>POST has one of them tried again.</summary>
    public const string RetryNotification = "/api/notifications/dead/{id}/retry";

    /// <summary>POST takes a webhook of a ticket system; open, signed as Standard Webhooks has it.</summary>
    public const string Tickets = "/api/tickets/{source}";

    /// <summary>GET streams the journal, for a file.</summary>
    public const string JournalExport = "/api/audit/export";

    /// <summary>GET lists checkpoints.</summary>
    public const string Checkpoints = "/api/audit/checkpoints";

    /// <summary>GET shows that one checkpoint continues another.</summary>
    public const string CheckpointConsistency = "/api/audit/checkpoints/consistency";

    /// <summary>GET proves that an entry is in the journal.</summary>
    public const string JournalProof = "/api/audit/{serial}/proof";

    /// <summary>GET tells who entered what, and by whose approval.</summary>
    public const string AccessDeeds = "/api/audit/access";

    /// <summary>GET tells who can reach what now.</summary>
    public const string AccessHolders = "/api/access/holders";

    /// <summary>The OpenAPI document; open.</summary>
    public const string OpenApi = "/api/openapi.json";
}
