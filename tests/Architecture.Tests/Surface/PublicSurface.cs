using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using SshFunctions.Architecture.Tests.Product;

namespace SshFunctions.Architecture.Tests.Surface;

/// <summary>Every member another assembly can name, one per line, in ordinal order.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // Members the compiler adds to every record; they say nothing that "record" does not.
    private static readonly HashSet<string> RecordPlumbing =
        ["<Clone>$", "Equals", "GetHashCode", "ToString", "PrintMembers", "op_Equality", "op_Inequality", "EqualityContract", "get_EqualityContract"];

    public static IReadOnlyList<string> Of(ProductProject project) =>
        [.. Assembly.LoadFrom(project.AssemblyPath).GetTypes().Where(type => type.IsVisible).SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type)
    {
        var name = TypeNames.Of(type);
        yield return $"{name} : {Kind(type)}{Bases(type)}";
        foreach (var member in type.GetMembers(Declared))
        {
            if (Line(type, member) is { } line) yield return $"{name}{line}";
        }
    }

    private static string? Line(Type type, MemberInfo member) => member switch
    {
        _ when IsRecord(type) && RecordPlumbing.Contains(member.Name) && IsMadeByTheCompiler(member) => null,
        ConstructorInfo constructor when IsReachable(constructor) => $"({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsReachable(method) => $".{method.Name}{Method(method)}",
        MethodInfo method when IsReachable(method) && method.Name.StartsWith("op_", StringComparison.Ordinal) => $".{method.Name}{Method(method)}",
        PropertyInfo property => Property(property),
        FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily => Field(field),
        EventInfo happening when happening.AddMethod is { } add && IsReachable(add) => $".{happening.Name} : event {TypeNames.Of(happening.EventHandlerType!)}",
        _ => null,
    };

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeNames.Of))}>" : "";
        return $"{generic}({Parameters(method)}) : {Modifiers(method)}{TypeNames.Of(method.ReturnType)}";
    }

    private static string? Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsReachable).ToList();
        if (accessors.Count == 0) return null;
        var index = property.GetIndexParameters();
        var parameters = index.Length == 0 ? "" : $"[{string.Join(", ", index.Select(Parameter))}]";
        var verbs = accessors.Select(Verb).Order(StringComparer.Ordinal);
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $".{property.Name}{parameters} : {required}{Modifiers(accessors[0])}{TypeNames.Of(property.PropertyType)} {{ {string.Join("; ", verbs)} }}";
    }

    private static string Verb(MethodInfo accessor)
    {
        if (accessor.ReturnType != typeof(void)) return "get";
        return accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init" : "set";
    }

    private static string Field(FieldInfo field)
    {
        if (field.DeclaringType!.IsEnum) return $".{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";
        var kind = field.IsLiteral ? "const " : field.IsStatic ? "static " : "";
        var value = field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : "";
        return $".{field.Name} : {kind}{(field.IsInitOnly ? "readonly " : "")}{TypeNames.Of(field.FieldType)}{value}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var direction = parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        var value = parameter.HasDefaultValue ? $" = {Literal(parameter.RawDefaultValue)}" : "";
        return $"{direction}{TypeNames.Of(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Modifiers(MethodInfo method) =>
        method.IsStatic ? "static " : method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract "
        : method.IsVirtual && !method.IsFinal && !method.DeclaringType!.IsInterface && !method.DeclaringType.IsSealed ? "virtual " : "";

    private static string Kind(Type type)
    {
        if (type.IsEnum) return "enum";
        if (type.IsInterface) return "interface";
        if (typeof(Delegate).IsAssignableFrom(type)) return "delegate";
        var record = IsRecord(type) ? "record " : "";
        if (type.IsValueType) return $"{(type.IsByRefLike ? "ref " : "")}{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{record}struct";
        var form = type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        return form + (record.Length > 0 ? "record" : "class");
    }

    private static string Bases(Type type)
    {
        var bases = new List<string>();
        if (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object) && !typeof(Delegate).IsAssignableFrom(type)) bases.Add(TypeNames.Of(parent));
        if (!type.IsEnum)
        {
            var inherited = type.BaseType?.GetInterfaces() ?? [];
            bases.AddRange(type.GetInterfaces().Except(inherited).Where(one => one.IsVisible).Select(TypeNames.Of).Order(StringComparer.Ordinal));
        }
        return bases.Count == 0 ? "" : $" of {string.Join(", ", bases)}";
    }

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Declared) is not null;

    private static bool IsMadeByTheCompiler(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute)) || member is PropertyInfo { Name: "EqualityContract" } || member.Name == "<Clone>$";

    private static bool IsReachable(MethodBase method) => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
        && !(method.DeclaringType!.IsSealed && method.IsFamily);
}
