using Azure.Core;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Storage;

/// <summary>What storage answered, read whole.</summary>
internal sealed record StorageAnswer
{
    /// <summary>The HTTP status; of a batch that failed, its failed part's.</summary>
    public required int Status { get; init; }

    /// <summary>Storage's own name of the error; null on success, or when the answer is not storage's.</summary>
    public string? Code { get; init; }

    /// <summary>The body; empty where there is none.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Headers that some answer needs.</summary>
    public string? ContentType { get; init; }

    /// <summary>The state of the entity that was read or written.</summary>
    public string? ETag { get; init; }

    /// <summary>Of a batch that happened: the ETag of each change, null for a delete.</summary>
    public IReadOnlyList<string?> ETags { get; init; } = [];

    /// <summary>Of a batch that failed: the change that failed, from 0.</summary>
    public int FailedIndex { get; init; }

    /// <summary>Where a listing goes on; null at its end.</summary>
    public (string Partition, string? Row)? Continuation { get; init; }

    /// <summary>When it is worth asking again, as storage says.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether an earlier try of the same call may have happened, so that a contradiction may be with oneself.</summary>
    public bool FollowsLostTry { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public static StorageAnswer Of(global::Azure.Response response, TimeProvider clock)
    {
        ReadOnlyMemory<byte> body = response.ContentStream is null ? default : response.Content.ToMemory();
        ResponseHeaders headers = response.Headers;
        return new StorageAnswer
        {
            Status = response.Status,
            Code = response.Status < 300 ? null : StorageErrorCode.Find(headers, body),
            Body = body,
            ContentType = headers.ContentType,
            ETag = Header(headers, "ETag"),
            Continuation = Header(headers, "x-ms-continuation-NextPartitionKey") is { } partition
                ? (partition, Header(headers, "x-ms-continuation-NextRowKey"))
                : null,
            RetryAfter = RetryDelay.Of(headers, clock),
        };
    }

    /// <summary>Refuses an answer that no request here should bring.</summary>
    public StoreUnavailableException Unexpected(string what) => new($"storage answered {Status} {Code} to {what}") { RetryAfter = RetryAfter };

    private static string? Header(ResponseHeaders headers, string name) => headers.TryGetValue(name, out string? value) ? value : null;
}
