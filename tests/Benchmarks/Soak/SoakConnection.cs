using System.Diagnostics;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Benchmarks.Requests;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Benchmarks.Soak;

/// <summary>One connection's share of a day: of twenty requests fourteen mint, four find the revocation list unchanged, one gets a passcode and one redeems it.</summary>
internal sealed class SoakConnection : IDisposable
{
    private const int Turns = 20;
    private readonly Connection _connection;
    private readonly RequestScene _scene;
    private readonly string _mint;
    private readonly byte[] _list;
    private readonly int _number;
    private long _turn;
    private string _passcode = "";

    private SoakConnection(Connection connection, RequestScene scene, int number, byte[] list)
    {
        (_connection, _scene, _number, _list) = (connection, scene, number, list);
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        _mint = JsonSerializer.Serialize(
            new IssueUserCertificateRequest(key.PublicKey.ToText(), Resource: RequestScene.Resource, Login: RequestScene.Login), ApiJson.Default.IssueUserCertificateRequest);
    }

    public static async Task<SoakConnection> OpenAsync(int port, RequestScene scene, int number)
    {
        Connection connection = await Connection.OpenAsync(port);
        await connection.SendAsync(HttpText.Get(Routes.RevocationList));
        string tag = connection.LastAnswer.Split("ETag: ", 2)[1].Split('\r', 2)[0];
        return new SoakConnection(connection, scene, number, HttpText.Get(Routes.RevocationList, $"If-None-Match: {tag}\r\n"));
    }

    /// <summary>The next request and its answer.</summary>
    /// <returns>Whether it was the right one.</returns>
    public async Task<bool> NextAsync()
    {
        string caller = _scene.Crew[(int)(((_turn * 8) + _number) % _scene.Crew.Count)];
        switch (_turn++ % Turns)
        {
            case 3 or 8 or 13 or 18:
                return await _connection.SendAsync(_list) == 304;
            case 5:
                if (await _connection.SendAsync(RequestKinds.PasscodeFor(caller)) != 200) return false;
                _passcode = JsonSerializer.Deserialize(HttpText.BodyOf(_connection.LastAnswer), ApiJson.Default.PasscodeResponse)!.Passcode;
                return true;
            case 6:
                return await _connection.SendAsync(RequestKinds.Redemption(_scene.HostToken, _passcode)) == 200;
            default:
                return await _connection.SendAsync(HttpText.Post(Routes.UserCertificates, caller, _mint)) == 200;
        }
    }

    /// <summary>A request each pause, from the moment on at which it was due: one that waited for the one before waits on the clock.</summary>
    public async Task PacedAsync(SoakWindow window, long begin, TimeSpan first, TimeSpan pause, TimeSpan span)
    {
        for (TimeSpan due = first; due < span; due += pause)
        {
            TimeSpan early = due - Stopwatch.GetElapsedTime(begin);
            if (early > TimeSpan.FromMilliseconds(1)) await Task.Delay(early); // Load is a number of requests a second.
            bool isRight = await NextAsync();
            window.Add((Stopwatch.GetElapsedTime(begin) - due).TotalMilliseconds, isRight);
        }
    }

    public void Dispose() => _connection.Dispose();
}
