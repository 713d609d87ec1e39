using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Core;
using Azure.Core.Pipeline;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.KeyVault;

/// <summary>Asks one vault over REST. Its token goes nowhere else: no redirect is followed, and no link to another host.</summary>
/// <remarks>
/// Not the package for secrets: it hands a private key out as a string, which nobody can wipe. The scope of the token comes from the
/// address, not from the vault's challenge. Source: Key Vault REST API 7.4.
/// </remarks>
internal sealed class VaultClient
{
    private const string ApiVersion = "api-version=7.4";

    // A secret has at most 25 kB, escaped twice that; a page of versions has 25 of some hundred bytes.
    private const int MaximumBytes = 128 * 1024;

    private readonly HttpPipeline _pipeline;
    private readonly string _vault;
    private readonly TimeProvider _clock;
    private readonly VaultOptions _options;

    public VaultClient(VaultKeyAddress address, TokenCredential credential, TimeProvider clock, VaultOptions options)
    {
        (_vault, _clock, _options) = (address.Vault.GetLeftPart(UriPartial.Authority), clock, options);
        var pipeline = new PipelineOptions { RetryPolicy = new VaultRetryPolicy() };
        pipeline.Retry.NetworkTimeout = options.SigningBudget;
        pipeline.Diagnostics.ApplicationId = "sshfn-broker";
        if (options.Transport is { } transport) pipeline.Transport = transport;
        _pipeline = HttpPipelineBuilder.Build(pipeline, new BearerTokenAuthenticationPolicy(credential, address.TokenScope));
    }

    /// <summary>Opens something within the budget of that, and makes every failure the signer's.</summary>
    /// <exception cref="SignerUnavailableException">It did not work.</exception>
    public ValueTask<T> OpenAsync<T>(Func<CancellationToken, ValueTask<T>> action, CancellationToken cancellationToken) =>
        RunAsync(action, _options.OpeningBudget, cancellationToken);

    /// <summary>Signs something within the budget of that, and makes every failure the signer's.</summary>
    /// <exception cref="SignerUnavailableException">It did not work.</exception>
    public ValueTask<T> SignAsync<T>(Func<CancellationToken, ValueTask<T>> action, CancellationToken cancellationToken) =>
        RunAsync(action, _options.SigningBudget, cancellationToken);

    /// <summary>Gets a thing by its path, without a slash before it, or by a whole link that the vault gave.</summary>
    public ValueTask<T> GetAsync<T>(string path, JsonTypeInfo<T> form, CancellationToken cancellationToken) =>
        SendAsync(RequestMethod.Get, path, null, form, cancellationToken);

    /// <summary>Asks for a computation, which may be done twice.</summary>
    public ValueTask<T> PostAsync<T>(string path, byte[] body, JsonTypeInfo<T> form, CancellationToken cancellationToken) =>
        SendAsync(RequestMethod.Post, path, body, form, cancellationToken);

    /// <summary>Puts a thing in.</summary>
    public ValueTask<T> PutAsync<T>(string path, byte[] body, JsonTypeInfo<T> form, CancellationToken cancellationToken) =>
        SendAsync(RequestMethod.Put, path, body, form, cancellationToken);

    /// <summary>Takes a thing out; true also when it is gone already.</summary>
    public async ValueTask<bool> DeleteAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(RequestMethod.Delete, path, null, VaultJson.Default.VaultDeletion, cancellationToken);
            return true;
        }
        catch (SignerUnavailableException gone) when (gone.IsMissing)
        {
            return true;
        }
    }

    private async ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> action, TimeSpan budget, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(budget, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await action(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw VaultFaults.Late(_vault, budget);
        }
        catch (Exception fault) when (VaultFaults.From(_vault, fault, cancellationToken) is { } known)
        {
            throw known;
        }
    }

    private async ValueTask<T> SendAsync<T>(
        RequestMethod method, string path, byte[]? body, JsonTypeInfo<T> form, CancellationToken cancellationToken)
    {
        using HttpMessage message = _pipeline.CreateMessage();
        message.BufferResponse = false; // Into our own buffer, which is wiped.
        message.Request.Method = method;
        message.Request.Uri.Reset(UriOf(path));
        message.Request.Headers.Add("Accept", "application/json");
        if (body is not null)
        {
            message.Request.Headers.Add("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(body);
        }

        await _pipeline.SendAsync(message, cancellationToken);
        byte[] buffer = new byte[MaximumBytes];
        try
        {
            ReadOnlyMemory<byte> answer = await ReadAsync(message.Response.ContentStream, buffer, cancellationToken);
            if (message.Response.Status != 200) throw VaultFaults.Of(_vault, message.Response, answer.Span, _clock);
            return JsonSerializer.Deserialize(answer.Span, form) ?? throw new JsonException();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    private Uri UriOf(string path)
    {
        if (!VaultKeyAddress.IsUrl(path)) return new Uri($"{_vault}/{path}?{ApiVersion}");
        return Uri.TryCreate(path, UriKind.Absolute, out Uri? link) && link.GetLeftPart(UriPartial.Authority) == _vault
            ? link
            : throw new JsonException("a link to another host");
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(Stream? content, byte[] buffer, CancellationToken cancellationToken)
    {
        if (content is null) return default;
        int length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length < buffer.Length ? buffer.AsMemory(0, length) : throw new JsonException("longer than any answer");
    }

    private sealed class PipelineOptions : ClientOptions;
}
