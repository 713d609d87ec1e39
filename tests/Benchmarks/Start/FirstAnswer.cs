using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Benchmarks.Start;

/// <summary>One start of the broker, measured over a bare socket, because a client's own start would count otherwise.</summary>
/// <param name="ListeningMilliseconds">From the start of the process until a connection was taken.</param>
/// <param name="AnswerMilliseconds">Until the first bytes of the answer to its first request.</param>
/// <param name="ResidentMebibytes">What the process held then.</param>
internal sealed record FirstAnswer(double ListeningMilliseconds, double AnswerMilliseconds, double ResidentMebibytes)
{
    /// <summary>The request for a certificate.</summary>
    public static byte[] RequestFor(SshPublicKey key, string resource, string login, string token)
    {
        string body = JsonSerializer.Serialize(
            new IssueUserCertificateRequest(key.ToText(), Resource: resource, Login: login), ApiJson.Default.IssueUserCertificateRequest);
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST {Routes.UserCertificates} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
    }

    public static async Task<FirstAnswer> MeasureAsync(ProcessStartInfo start, int port, byte[] request)
    {
        long begin = Stopwatch.GetTimestamp();
        using Process broker = Process.Start(start) ?? throw new InvalidOperationException("the broker did not start");
        try
        {
            using Socket connection = await ConnectAsync(broker, port);
            double listening = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            await connection.SendAsync(request);
            byte[] answer = new byte[64 * 1024];
            int length = await connection.ReceiveAsync(answer);
            double answered = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            string status = Encoding.ASCII.GetString(answer, 0, Math.Min(length, 15));
            if (status != "HTTP/1.1 200 OK") throw new InvalidOperationException($"the broker answered {Encoding.UTF8.GetString(answer, 0, length)}");
            broker.Refresh();
            return new FirstAnswer(listening, answered, broker.WorkingSet64 / 1048576.0);
        }
        finally
        {
            broker.Kill();
            await broker.WaitForExitAsync();
        }
    }

    private static async Task<Socket> ConnectAsync(Process broker, int port)
    {
        while (!broker.HasExited)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
                Thread.Sleep(1); // The other core is the broker's; asking without a pause would take its time.
            }
        }

        throw new InvalidOperationException("the broker ended before it listened");
    }
}
