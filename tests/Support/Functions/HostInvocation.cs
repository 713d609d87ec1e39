using System.Globalization;
using System.Net.Http.Formatting;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace SshFunctions.Support.Functions;

/// <summary>An invocation as the Functions host writes it, with the formatter that the host itself uses.</summary>
/// <remarks>
/// Source: azure-functions-host, ScriptInvocationContextExtensions.ToHttpScriptInvocationContext and GetHttpScriptInvocationContextValue,
/// Utility.ApplyBindingData. The order of members, the second precision of dates and the double encoding are the host's.
/// </remarks>
public sealed class HostInvocation
{
    private readonly Dictionary<string, object> _data = [];
    private readonly Dictionary<string, object> _metadata = [];

    private HostInvocation()
    {
    }

    /// <summary>What was put in <c>Data</c>. Named as on the wire.</summary>
    public IDictionary<string, object> Data => _data;

    /// <summary>What was put in <c>Metadata</c>. Named as on the wire.</summary>
    public IDictionary<string, object> Metadata => _metadata;

    /// <summary>The invocation of a queue function.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="binding">The binding's name.</param>
    /// <param name="message">The message that woke it.</param>
    /// <param name="now">The host's clock.</param>
    public static HostInvocation OfMessage(string function, string binding, HostMessage message, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(message);
        var bound = new Dictionary<string, object>
        {
            ["QueueTrigger"] = message.Text,
            ["DequeueCount"] = message.DequeueCount,
            ["ExpirationTime"] = message.ExpirationTime,
            ["Id"] = message.Id,
            ["InsertionTime"] = message.InsertionTime,
            ["NextVisibleTime"] = message.NextVisibleTime,
            ["PopReceipt"] = message.PopReceipt,
        };
        ApplyMessage(message.Text, bound);
        return Of(function, binding, message.Text, bound, now);
    }

    /// <summary>The invocation of a timer function.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="binding">The binding's name.</param>
    /// <param name="isPastDue">Whether a run was missed.</param>
    /// <param name="now">The host's clock.</param>
    public static HostInvocation OfTimer(string function, string binding, bool isPastDue, DateTimeOffset now) => Of(
        function,
        binding,
        new JObject
        {
            ["Schedule"] = new JObject { ["AdjustForDST"] = true },
            ["ScheduleStatus"] = new JObject { ["Last"] = default(DateTime), ["Next"] = now.UtcDateTime, ["LastUpdated"] = default(DateTime) },
            ["IsPastDue"] = isPastDue,
        },
        new Dictionary<string, object> { ["TimerTrigger"] = "dropped" },
        now);

    /// <summary>The content of the request.</summary>
    public HttpContent ToContent() => new ObjectContent<HostInvocation>(this, new JsonMediaTypeFormatter());

    private static HostInvocation Of(string function, string binding, object value, Dictionary<string, object> bound, DateTimeOffset now)
    {
        var invocation = new HostInvocation();
        bound["sys"] = JObject.FromObject(new { MethodName = function, UtcNow = now.UtcDateTime, RandGuid = Guid.NewGuid() });
        foreach ((string name, object each) in bound)
        {
            if (!name.EndsWith("trigger", StringComparison.OrdinalIgnoreCase)) invocation._metadata[name] = Encode(each);
        }

        invocation._data[binding] = Encode(value);
        return invocation;
    }

    /// <summary>Members of a JSON message go over the host's own of the same name.</summary>
    private static void ApplyMessage(string text, Dictionary<string, object> bound)
    {
        try
        {
            foreach (JProperty member in JObject.Parse(text).Properties().Where(member => member.Value.Type is not JTokenType.Array and not JTokenType.Null))
                bound[member.Name] = member.Value.Type == JTokenType.Object ? member.Value : (string)member.Value!;
        }
        catch (JsonException)
        {
            // A message that is no JSON object has no members.
        }
    }

    private static object Encode(object value)
    {
        if (value is byte[] bytes) return Convert.ToBase64String(bytes);
        if (value is DateTimeOffset time) return DateTimeOffset.Parse(time.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return value is JObject ? value : JsonConvert.SerializeObject(value);
    }
}
