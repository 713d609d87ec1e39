using System.Text;

namespace SshFunctions.Hooks.Broker;

/// <summary>Fills the templates of <see cref="Api.Routes"/>.</summary>
internal static class Route
{
    /// <summary>Puts the values, escaped, where the template has its braces, in order.</summary>
    internal static string Of(string template, params ReadOnlySpan<string> values)
    {
        StringBuilder path = new();
        int from = 0;
        foreach (string value in values)
        {
            int open = template.IndexOf('{', from);
            path.Append(template, from, open - from).Append(Uri.EscapeDataString(value));
            from = template.IndexOf('}', open) + 1;
        }

        return path.Append(template, from, template.Length - from).ToString();
    }

    /// <summary>Adds the parameters that have a value.</summary>
    internal static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        StringBuilder query = new(path);
        char separator = '?';
        foreach ((string name, string? value) in parameters)
        {
            if (value is null)
                continue;
            query.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return query.ToString();
    }
}
