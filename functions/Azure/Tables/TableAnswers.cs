using SshFunctions.Azure.Storage;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

/// <summary>What the answers of tables mean.</summary>
/// <remarks>Source: "Table service error codes".</remarks>
internal static class TableAnswers
{
    /// <summary>Whether the entity is not there; that the table is not there is another thing.</summary>
    public static bool IsAbsent(this StorageAnswer answer) => answer is { Status: 404, Code: "ResourceNotFound" or "EntityNotFound" };

    /// <summary>How a change contradicts what is stored; null when that is not what the answer says.</summary>
    public static ConflictReason? ConflictOf(this StorageAnswer answer, EntityWrite write) => answer switch
    {
        { Status: 409, Code: "EntityAlreadyExists" } when write.IsInsert => ConflictReason.Exists,
        { Status: 412, Code: "UpdateConditionNotSatisfied" or "ConditionNotMet" } when !write.IsInsert => ConflictReason.Stale,
        _ when answer.IsAbsent() && !write.IsInsert => ConflictReason.Missing,
        _ => null,
    };
}
