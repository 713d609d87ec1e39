using System.Net;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Tests.Faults;

/// <summary>What a deed works on, and what its callers were told; made before any fault, so that it outlives the process.</summary>
internal sealed class Scene : IDisposable
{
    public static readonly AccessTokenOrder TokenOrder = new(
        "ci", CallerKind.Service, Subject.Parse("ci"), [], new DateTimeOffset(2030, 6, 1, 0, 0, 0, TimeSpan.Zero));

    private readonly SshPrivateKey _key = SshPrivateKey.GenerateEcdsa(256);

    public Resource Web { get; private set; } = null!;

    public EnrolledHost Host { get; private set; } = null!;

    public Caller HostCaller { get; private set; } = null!;

    /// <summary>What the host enrolled with.</summary>
    public SshPublicKey HostKey { get; private set; } = null!;

    public SshPublicKey Key => _key.PublicKey;

    /// <summary>A passcode, an enrollment token and a single-use certificate that were there before.</summary>
    public Secret Passcode { get; private set; } = null!;

    public string EnrollmentToken { get; private set; } = "";

    public SshCertificate Certificate { get; private set; } = null!;

    public AccessToken Token { get; private set; } = null!;

    /// <summary>Serials of certificates and passcodes that somebody got.</summary>
    public List<ulong> Released { get; } = [];

    /// <summary>Passcodes that somebody was told, and git passwords with their ids.</summary>
    public Queue<(string Id, Secret Secret)> Told { get; } = new();

    /// <summary>How often the deed was told to have been done.</summary>
    public int DoneCount { get; set; }

    public async Task MakeAsync(Broker broker)
    {
        Web = await broker.MakeWebAsync();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("once", holder: "subject=bob") with { SingleUse = true }, default));
        AdmittedHost admitted = await broker.EnrollAsync();
        Host = admitted.Host;
        HostKey = broker.ClientKey;
        HostCaller = Broker.CallerOf(admitted);
        admitted.Token.Secret.Dispose();
        Passcode = Broker.Must(await MintPasscodeAsync(broker)).Secret;
        CreatedEnrollmentToken enrollment = Broker.Must(await broker.EnrollmentTokens.CreateAsync(Broker.Admin, HostPlace.Parse(Broker.Web.Text), null, default));
        using (enrollment.Secret) EnrollmentToken = $"{enrollment.Token.Id}.{enrollment.Secret.Reveal()}";
        Certificate = Broker.Must(await broker.IssueAsync(Web, Bob)).Certificate;
        CreatedAccessToken token = Broker.Must(await broker.Tokens.CreateAsync(Broker.Admin, TokenOrder, default));
        token.Secret.Dispose();
        Token = token.Token;
    }

    public static Caller Bob { get; } = new(CallerKind.Person, Subject.Parse("bob"), []);

    public Task<Result<MintedPasscode>> MintPasscodeAsync(Broker broker) =>
        broker.Passcodes.MintAsync(Broker.Alice, new PasscodeOrder(Web, Broker.Deploy, null, null, null), default);

    public Task<Result<Passcode>> RedeemAsync(Broker broker) => RedeemAsync(broker, Passcode);

    public Task<Result<Passcode>> RedeemAsync(Broker broker, Secret passcode) =>
        broker.Passcodes.RedeemAsync(HostCaller, Host, passcode, Broker.Deploy, IPAddress.Loopback, default);

    public void Dispose()
    {
        Passcode.Dispose();
        foreach ((_, Secret told) in Told) told.Dispose();
        _key.Dispose();
    }
}
