using System.Collections.Frozen;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Hosting.OpenId;

/// <summary>Makes the mappings to groups and account names of what is written of an issuer.</summary>
internal sealed class MappingBinding(IssuerDocument written)
{
    public Result<GroupMapping> BindGroups()
    {
        if (written.Groups is not { } groups) return new GroupMapping();
        if (groups.Claim is null or "" && (groups.Claim is "" || groups.Prefix is not null || groups.Table is not null))
            return Wrong("groups.claim", "is missing", "name the claim that lists the groups");
        if (groups.Prefix is not null && groups.Table is not null)
            return Wrong("groups", "has both a prefix and a table", "write the groups of the table as they shall be, or leave the table out");
        if (!BindTable<string, GroupName>(groups.Table, "groups.table", value => value, GroupName.Rule)
                .Try(out FrozenDictionary<string, GroupName>? table, out Refusal? refusal))
            return refusal;
        foreach (string name in groups.Fixed ?? [])
            if (!GroupName.TryParse(name, null, out _)) return Wrong("groups.fixed", $"has \"{name}\"", GroupName.Rule);
        return new GroupMapping
        {
            Claim = groups.Claim,
            Prefix = groups.Prefix ?? "",
            Table = groups.Table is null ? null : table,
            Fixed = [.. (groups.Fixed ?? []).Select(name => GroupName.Parse(name)).Distinct()],
        };
    }

    public Result<UserNameMapping> BindUserName()
    {
        ClaimTemplate? template = null;
        if (written.UserName is not null && !ClaimTemplate.TryParse(written.UserName, out template))
            return Wrong("userName", "is no template", ClaimTemplate.Rule);
        if (written.UserNames?.Keys.FirstOrDefault(key => !Subject.TryParse(key, null, out _)) is { } wrong)
            return Wrong("userNames", $"has \"{wrong}\"", Subject.Rule);
        return BindTable<Subject, Login>(written.UserNames, "userNames", key => Subject.Parse(key), Login.Rule)
                .Try(out FrozenDictionary<Subject, Login>? table, out Refusal? refusal)
            ? new UserNameMapping { Table = table, Template = template }
            : refusal;
    }

    private Result<FrozenDictionary<TKey, TValue>> BindTable<TKey, TValue>(
        IReadOnlyDictionary<string, string>? rows, string field, Func<string, TKey> key, string rule)
        where TKey : notnull
        where TValue : struct, IParsable<TValue>
    {
        var table = new Dictionary<TKey, TValue>();
        foreach ((string from, string to) in rows ?? new Dictionary<string, string>())
        {
            if (!TValue.TryParse(to, null, out TValue value)) return Wrong($"{field}.{from}", $"is \"{to}\"", rule);
            table[key(from)] = value;
        }

        return table.ToFrozenDictionary();
    }

    private Refusal.Invalid Wrong(string field, string what, string fix) => IssuerBinding.Wrong(written, field, what, fix);
}
