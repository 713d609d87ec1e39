using System.Text;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>Reads a setting that is the path of a JSON file, or its text.</summary>
internal static class JsonSetting
{
    private const int MaximumBytes = 1024 * 1024;

    /// <summary>Reads and binds it. Each refusal names the setting and the file.</summary>
    /// <param name="setting">Its name.</param>
    /// <param name="pathOrText">The path; the text itself when it begins with a brace.</param>
    /// <param name="bind">Makes a profile of the bytes.</param>
    public static Result<T> Read<T>(string setting, string pathOrText, Func<byte[], Result<T>> bind)
        where T : notnull
    {
        bool isText = pathOrText.StartsWith('{');
        string origin = isText ? $"--{setting} (its text)" : $"--{setting} {pathOrText}";
        try
        {
            if (!isText && new FileInfo(pathOrText).Length > MaximumBytes)
                return new Refusal.Invalid(setting, $"{origin}: is larger than {MaximumBytes} bytes", "name the right file");
            byte[] bytes = isText ? Encoding.UTF8.GetBytes(pathOrText) : File.ReadAllBytes(pathOrText);
            return bind(bytes).Try(out T? value, out Refusal? refusal)
                ? value
                : new Refusal.Invalid(setting, $"{origin}: {refusal.Detail.Replace("The body", "the text", StringComparison.Ordinal).TrimEnd('.')}", refusal.Fix);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new Refusal.Invalid(setting, $"{origin}: can't be read", "check that it exists and that the broker's user may read it");
        }
    }
}
