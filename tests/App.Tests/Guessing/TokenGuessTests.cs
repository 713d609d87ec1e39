using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using SshFunctions.Api;
using SshFunctions.App.Tests.Floods;
using SshFunctions.Support.Proofs;

namespace SshFunctions.App.Tests.Guessing;

/// <summary>Guesses of access tokens.</summary>
/// <remarks>
/// A secret has 256 random bits. Even at the 3,000 requests a minute that one address may send, from each of 2^32 addresses, for ten years:
/// 3000 · 2^32 · 5.3e6 = 2^66 guesses, so a chance of 2^-190. The limit on wrong ones, 30 a minute, is there for the log's sake.
/// </remarks>
[Trait("Proof", "abuse")]
public sealed class TokenGuessTests(FloodedBroker broker) : IClassFixture<FloodedBroker>
{
    private const int Patience = 120_000;
    private const int WrongPerMinute = 30;

    [Theory(Timeout = Patience)]
    [InlineData("a right identifier and wrong secrets", 201)]
    [InlineData("wrong identifiers", 202)]
    public async Task Is_slowed_down_and_told_nothing_who_guesses(string how, byte from)
    {
        int count = LongRuns.Count(usual: 300, whole: 2500);
        string identifier = broker.Token.Split('.')[0];
        using var handler = new SocketsHttpHandler { ConnectCallback = (context, cancellationToken) => ConnectAsync(from, context.DnsEndPoint.Port, cancellationToken) };
        using var http = new HttpClient(handler) { BaseAddress = broker.Url };
        int judged = 0;
        var texts = new HashSet<string>();
        for (int guess = 0; guess < count; guess++)
        {
            string id = how[0] == 'a' ? identifier : RandomNumberGenerator.GetHexString(16, lowercase: true);
            using var request = new HttpRequestMessage(HttpMethod.Get, Routes.Me);
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {id}.{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 43)}");
            using HttpResponseMessage answer = await http.SendAsync(request);
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, $"{answer.StatusCode}");
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) continue;
            judged++;
            texts.Add((await answer.Content.ReadAsStringAsync()).Split("correlationId")[0]);
        }

        Assert.Equal(1, await broker.WorkAsync());
        new ProofFigure("abuse", $"guessing: {how}", count).Record();
        Assert.True(texts.Count == 1, string.Join('\n', texts));
        // The bucket, and what came into it meanwhile: a token every two seconds, for no more than the patience of this test.
        Assert.InRange(judged, 1, WrongPerMinute + (Patience / 1000 / 2));
    }

    // Each way from an address of its own, for the limit goes by address.
    private static async ValueTask<Stream> ConnectAsync(byte from, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, from]), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
