using System.Runtime.CompilerServices;

namespace PerfMarketing.Tests.Architecture;

/// <summary>What the library hands out never changes, and nothing in it is shared and changeable.</summary>
public sealed class ImmutabilityTests
{
    [Fact]
    public void No_public_property_can_be_set_after_construction()
    {
        IEnumerable<string> settable =
            from type in Assemblies.Core.GetExportedTypes()
            from property in type.GetProperties(Assemblies.Declared)
            where property.SetMethod is { IsPublic: true } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            select $"{type.FullName}.{property.Name}";

        settable.ShouldBeNone("setters are init");
    }

    [Fact]
    public void No_public_field_can_be_set()
    {
        IEnumerable<string> settable =
            from type in Assemblies.Core.GetExportedTypes()
            where !type.IsEnum
            from field in type.GetFields(Assemblies.Declared)
            where (field.IsPublic || field.IsFamily) && !field.IsInitOnly && !field.IsLiteral
            select $"{type.FullName}.{field.Name}";

        settable.ShouldBeNone();
    }

    [Fact]
    public void No_static_field_can_be_set()
    {
        IEnumerable<string> settable =
            from type in Assemblies.Core.GetTypes()
            where !Assemblies.IsGenerated(type)
            from field in type.GetFields(Assemblies.Declared)
            where field.IsStatic && !field.IsInitOnly && !field.IsLiteral
                && !field.Name.Contains('<', StringComparison.Ordinal)
            select $"{type.FullName}.{field.Name}";

        settable.ShouldBeNone("two runs of one computation must not see each other");
    }
}
