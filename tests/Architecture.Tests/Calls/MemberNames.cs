using System.Reflection.Metadata;

namespace SshFunctions.Architecture.Tests.Calls;

/// <summary>Gives readable full names to what metadata tokens stand for: <c>Namespace.Type</c> and <c>Namespace.Type::Member</c>.</summary>
internal sealed class MemberNames(MetadataReader metadata)
{
    public MetadataReader Metadata { get; } = metadata;

    public string Of(EntityHandle handle) => handle.IsNil ? "" : handle.Kind switch
    {
        HandleKind.TypeDefinition => Of(Metadata.GetTypeDefinition((TypeDefinitionHandle)handle)),
        HandleKind.TypeReference => Of(Metadata.GetTypeReference((TypeReferenceHandle)handle)),
        HandleKind.TypeSpecification => OfSpecification(Metadata.GetTypeSpecification((TypeSpecificationHandle)handle)),
        HandleKind.MethodSpecification => Of(Metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
        HandleKind.MethodDefinition => Of(Metadata.GetMethodDefinition((MethodDefinitionHandle)handle)),
        HandleKind.FieldDefinition => Of(Metadata.GetFieldDefinition((FieldDefinitionHandle)handle)),
        HandleKind.MemberReference => Of(Metadata.GetMemberReference((MemberReferenceHandle)handle)),
        _ => "",
    };

    public bool IsStateMachine(TypeDefinitionHandle type) => Metadata.GetTypeDefinition(type).GetInterfaceImplementations()
        .Select(one => Of(Metadata.GetInterfaceImplementation(one).Interface))
        .Any(name => name is "System.Runtime.CompilerServices.IAsyncStateMachine" or "System.Collections.IEnumerator");

    private string Of(TypeDefinition type)
    {
        var name = Metadata.GetString(type.Name);
        var outer = type.GetDeclaringType();
        return outer.IsNil ? Join(Metadata.GetString(type.Namespace), name) : $"{Of(outer)}+{name}";
    }

    private string Of(TypeReference type)
    {
        var name = Metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Of(type.ResolutionScope)}+{name}"
            : Join(Metadata.GetString(type.Namespace), name);
    }

    // A generic instance: ELEMENT_TYPE_GENERICINST, class or value type, then the generic type (ECMA-335 II.23.2.14).
    private string OfSpecification(TypeSpecification type)
    {
        var blob = Metadata.GetBlobReader(type.Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return "";
        blob.ReadCompressedInteger();
        return Of(blob.ReadTypeHandle());
    }

    private string Of(MethodDefinition method) => $"{Of(method.GetDeclaringType())}::{Metadata.GetString(method.Name)}";

    private string Of(FieldDefinition field) => $"{Of(field.GetDeclaringType())}::{Metadata.GetString(field.Name)}";

    private string Of(MemberReference member) => $"{Of(member.Parent)}::{Metadata.GetString(member.Name)}";

    private static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
