using System.Text.Json.Serialization;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>What enrolling changes outside its own folder, written down before it does.</summary>
/// <param name="IsComplete">False while it is under way, and for ever when it was killed.</param>
/// <param name="Sshd">The program.</param>
/// <param name="SshdConfig">Its configuration.</param>
/// <param name="Reload">How it is told of changes.</param>
/// <param name="PidFile">Where its process id lies; null for nowhere.</param>
/// <param name="CreatedFolder">A folder that was made for the drop-in; null when it was there.</param>
/// <param name="Files">In the order in which they are changed.</param>
internal sealed record UndoRecord(
    bool IsComplete, string Sshd, string SshdConfig, ReloadWay Reload, string? PidFile, string? CreatedFolder, IReadOnlyList<UndoFile> Files);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    WriteIndented = true)]
[JsonSerializable(typeof(UndoRecord))]
internal sealed partial class UndoJson : JsonSerializerContext;
