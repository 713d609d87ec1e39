using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using SshFunctions.Support.Azurite;

namespace SshFunctions.Support.Functions;

/// <summary>One queue of a storage account, as the Functions host uses it: by REST, with the account's key.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="account">The account.</param>
/// <param name="name">The queue's name.</param>
public sealed class StorageQueue(HttpClient http, AzuriteAccount account, string name)
{
    /// <summary>Most messages of one request.</summary>
    public const int MaximumBatchSize = 32;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Makes it, where it is not there yet.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken = default) =>
        (await SendAsync(HttpMethod.Put, "", null, cancellationToken)).Dispose();

    /// <summary>Puts a message as the broker puts it: base64 of UTF-8.</summary>
    /// <param name="text">The message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task PutAsync(string text, CancellationToken cancellationToken = default) =>
        PutRawAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), cancellationToken);

    /// <summary>Puts a message without encoding it, as somebody who does not know better does.</summary>
    /// <param name="text">The message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task PutRawAsync(string text, CancellationToken cancellationToken = default)
    {
        string body = new XElement("QueueMessage", new XElement("MessageText", text)).ToString(SaveOptions.DisableFormatting);
        (await SendAsync(HttpMethod.Post, "/messages", body, cancellationToken, ("messagettl", "-1"))).Dispose();
    }

    /// <summary>Takes messages and hides them from others; none when there is no such queue.</summary>
    /// <param name="count">Most of them.</param>
    /// <param name="lease">For how long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<StoredMessage>> TakeAsync(int count, TimeSpan lease, CancellationToken cancellationToken = default) =>
        ReadAsync(cancellationToken, ("numofmessages", Text(count)), ("visibilitytimeout", Seconds(lease)));

    /// <summary>Looks at messages that may be taken; none when there is no such queue.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<IReadOnlyList<StoredMessage>> PeekAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(cancellationToken, ("numofmessages", Text(MaximumBatchSize)), ("peekonly", "true"));

    /// <summary>Deletes a message that was taken; nothing happens when somebody else took it since.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task DeleteAsync(StoredMessage message, CancellationToken cancellationToken = default) => (await SendAsync(
        HttpMethod.Delete, "/messages/" + message.Id, null, cancellationToken, ("popreceipt", message.PopReceipt))).Dispose();

    /// <summary>Says anew for how long a message that was taken is hidden.</summary>
    /// <param name="message">The message.</param>
    /// <param name="lease">For how long from now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The message with the receipt that counts from now on; null when somebody else took it since.</returns>
    public async Task<StoredMessage?> RenewAsync(StoredMessage message, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage response = await SendAsync(
            HttpMethod.Put, "/messages/" + message.Id, null, cancellationToken, ("popreceipt", message.PopReceipt), ("visibilitytimeout", Seconds(lease)));
        return response.IsSuccessStatusCode ? message with { PopReceipt = response.Headers.GetValues("x-ms-popreceipt").Single() } : null;
    }

    private async Task<IReadOnlyList<StoredMessage>> ReadAsync(CancellationToken cancellationToken, params (string Name, string Value)[] query)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, "/messages", null, cancellationToken, query);
        if (response.StatusCode == HttpStatusCode.NotFound) return [];
        XElement list = XElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return [.. list.Elements("QueueMessage").Select(StoredMessage.Of)];
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body, CancellationToken cancellationToken, params (string Name, string Value)[] query)
    {
        string parameters = string.Join('&', query.Select(each => $"{each.Name}={Uri.EscapeDataString(each.Value)}"));
        using var request = new HttpRequestMessage(method, new Uri($"{account.QueuesUrl}/{name}{path}{(query.Length > 0 ? "?" : "")}{parameters}"));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/xml");
        StorageSignature.Sign(request, account, query);
        HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        // A queue or message that is not there, and a receipt that counts no more, are answers; anything else is a fault of the test.
        if (response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.Conflict) return response;
        throw new HttpRequestException($"{method} {path} of queue {name}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }

    private static string Seconds(TimeSpan time) => Text((int)time.TotalSeconds);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
