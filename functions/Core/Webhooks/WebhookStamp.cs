using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SshFunctions.Core.Webhooks;

/// <summary>What the headers of a webhook say of it.</summary>
/// <param name="Id">Identifies the message, over every try: 1 to <see cref="MaximumIdLength"/> visible ASCII characters without a full stop.</param>
/// <param name="Time">When it was sent, whole seconds, UTC.</param>
/// <remarks>Source: Standard Webhooks 1.0, "Webhook metadata".</remarks>
public sealed record WebhookStamp(string Id, DateTimeOffset Time)
{
    /// <summary>Header of the identifier.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>Header of the time: Unix seconds.</summary>
    public const string TimeHeader = "webhook-timestamp";

    /// <summary>Header of the signatures: <c>v1,</c> and base64, several with a space between.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>Most characters of an identifier.</summary>
    public const int MaximumIdLength = 200;

    // Beyond the year 9999 no instant can be told.
    private const long LastSecond = 253_402_300_799;

    /// <summary>The time as its header has it.</summary>
    public string Seconds => Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the headers.</summary>
    /// <param name="id">Value of <see cref="IdHeader"/>.</param>
    /// <param name="seconds">Value of <see cref="TimeHeader"/>.</param>
    /// <param name="stamp">What they say.</param>
    /// <returns>Whether both are there and well formed. A full stop parts the signed content, so an identifier has none.</returns>
    public static bool TryParse(string? id, string? seconds, [NotNullWhen(true)] out WebhookStamp? stamp)
    {
        stamp = id is { Length: > 0 and <= MaximumIdLength } && id.All(unit => unit is > ' ' and <= '~' and not '.')
            && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long second) && second <= LastSecond
            && seconds == second.ToString(CultureInfo.InvariantCulture)
                ? new WebhookStamp(id, DateTimeOffset.FromUnixTimeSeconds(second))
                : null;
        return stamp is not null;
    }
}
