using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Benchmarks.Requests;

/// <summary>What is asked for: each kind gives the next request of a connection, made before the time runs.</summary>
internal sealed class RequestKinds(RequestScene scene, SigningIssuer issuer)
{
    private const int KeyCount = 256;
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(30);
    private readonly string[] _bodies = [.. Enumerable.Range(0, KeyCount).Select(_ => MintBody())];

    /// <summary>Mints with an access token, of one key after the other.</summary>
    public Func<int, ReadOnlyMemory<byte>?> Mints(int connections)
    {
        byte[][] requests = [.. _bodies.Select(body => HttpText.Post(Routes.UserCertificates, scene.Token, body))];
        int[] turn = new int[connections];
        return number => requests[((turn[number]++ * connections) + number) % KeyCount];
    }

    /// <summary>Mints with a token of the issuer each, none of which was seen before.</summary>
    public Func<int, ReadOnlyMemory<byte>?> MintsByNewTokens(int count)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return Once([.. Enumerable.Range(0, count).Select(number => HttpText.Post(Routes.UserCertificates, issuer.Sign(new JsonObject
        {
            ["iss"] = issuer.Issuer, ["aud"] = "sshfn", ["sub"] = "alice", ["iat"] = now, ["nbf"] = now, ["exp"] = now + (long)TokenLife.TotalSeconds,
            ["jti"] = number.ToString(CultureInfo.InvariantCulture) + "-" + Guid.NewGuid(),
        }), _bodies[number % KeyCount]))]);
    }

    /// <summary>The host redeems passcodes, each of which it takes once.</summary>
    public Func<int, ReadOnlyMemory<byte>?> Redemptions(IReadOnlyList<string> passcodes) => Once([.. passcodes.Select(passcode => Redemption(scene.HostToken, passcode))]);

    /// <summary>The host redeems a passcode.</summary>
    public static byte[] Redemption(string hostToken, string passcode) => HttpText.Post(
        Routes.PasscodeRedemptions, hostToken, JsonSerializer.Serialize(new RedeemPasscodeRequest(passcode, RequestScene.Login), ApiJson.Default.RedeemPasscodeRequest));

    /// <summary>Gets a passcode.</summary>
    public static byte[] PasscodeFor(string token) => HttpText.Post(
        Routes.Passcodes, token, JsonSerializer.Serialize(new MintPasscodeRequest(RequestScene.Resource, RequestScene.Login, LifetimeSeconds: 900), ApiJson.Default.MintPasscodeRequest));

    /// <summary>The same request for ever.</summary>
    public static Func<int, ReadOnlyMemory<byte>?> Always(byte[] request) => _ => request;

    /// <summary>Each request once, by whichever connection comes first.</summary>
    public static Func<int, ReadOnlyMemory<byte>?> Once(byte[][] requests)
    {
        int next = -1;
        return _ => Interlocked.Increment(ref next) is var at && at < requests.Length ? requests[at] : (ReadOnlyMemory<byte>?)null;
    }

    private static string MintBody()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return JsonSerializer.Serialize(
            new IssueUserCertificateRequest(key.PublicKey.ToText(), Resource: RequestScene.Resource, Login: RequestScene.Login), ApiJson.Default.IssueUserCertificateRequest);
    }
}
