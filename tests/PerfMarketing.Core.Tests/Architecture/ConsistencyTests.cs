using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Architecture;

/// <summary>What one type of a kind offers, every type of that kind offers.</summary>
public sealed class ConsistencyTests
{
    private const BindingFlags Statics = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    // Ids may ask for more than printable ASCII: one of these is an id of every type.
    private static readonly string[] SampleIds =
    [
        "acme-2026", "0123456789abcdef0123456789abcdef", "p1.key-1.AAECAwQFBgcICQoLDA0ODw",
    ];

    public static TheoryData<Type> Identifiers { get; } =
        [.. Types().Where(static t => Assemblies.ImplementsOverItself(t, typeof(IIdentifier<>)))];

    [Fact]
    public void Equatable_types_have_equality_operators() =>
        Types().Where(static t => Assemblies.ImplementsOverItself(t, typeof(IEquatable<>)))
            .Where(static t => !HasOperator(t, "op_Equality") || !HasOperator(t, "op_Inequality"))
            .Select(static t => t.FullName!)
            .ShouldBeNone();

    [Fact]
    public void Comparable_types_have_order_operators() =>
        Types().Where(static t => Assemblies.ImplementsOverItself(t, typeof(IComparable<>)))
            .Where(static t => new[] { "op_LessThan", "op_LessThanOrEqual", "op_GreaterThan", "op_GreaterThanOrEqual" }
                .Any(name => !HasOperator(t, name)))
            .Select(static t => t.FullName!)
            .ShouldBeNone();

    [Fact]
    public void Values_with_a_text_form_use_it_in_JSON() =>
        Types().Where(static t => t.IsValueType && Assemblies.ImplementsOverItself(t, typeof(IParsable<>)))
            .Where(static t => t.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType
                != typeof(TextJsonConverter<>).MakeGenericType(t))
            .Select(static t => t.FullName!)
            .ShouldBeNone();

    [Fact]
    public void Concrete_terms_can_be_read_back()
    {
        // A case without values of its own is made by its catalog from the tag alone.
        IEnumerable<string> writeOnly =
            from type in Types()
            where typeof(ITerms).IsAssignableFrom(type) && !type.IsAbstract
            where type.GetProperties().Any(static p => p.SetMethod is not null || p.DeclaringType!.IsValueType)
            where !Lineage(type).Any(IsRead)
            select type.FullName;

        writeOnly.ShouldBeNone("what is written as terms has a static Read(TermReader), or its base has");
    }

    [Fact]
    public void Records_hold_lists_that_compare_by_value()
    {
        IEnumerable<string> byReference =
            from type in Types()
            where Assemblies.IsRecord(type)
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where type.GetField($"<{property.Name}>k__BackingField", Assemblies.Declared) is not null
            where property.PropertyType.IsArray || property.PropertyType.Namespace is { } space
                && space.StartsWith("System.Collections", StringComparison.Ordinal)
            select $"{type.Name}.{property.Name}: {property.PropertyType.Name}";

        byReference.ShouldBeNone("records with equal items are equal: use ValueList<T>");
    }

    [Theory]
    [MemberData(nameof(Identifiers))]
    public void Ids_round_trip(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        typeof(ConsistencyTests).GetMethod(nameof(CheckId), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type).Invoke(null, null);
    }

    private static void CheckId<T>()
        where T : struct, IIdentifier<T>
    {
        string text = SampleIds.First(static s => T.TryParse(s, null, out _));
        T id = T.Parse(text, null);

        id.IsUnset.Should().BeFalse();
        id.Value.Should().Be(text);
        id.ToString().Should().Be(text);
        string json = JsonSerializer.Serialize(id);
        json.Should().Be($"\"{text}\"");
        JsonSerializer.Deserialize<T>(json).Should().Be(id);

        default(T).IsUnset.Should().BeTrue();
        default(T).ToString().Should().BeEmpty();
        FluentActions.Invoking(static () => default(T).Value).Should().Throw<InvalidOperationException>();
        foreach (string? wrong in new[] { null, string.Empty, " a", "a ", "ä", "a\nb",
            new string('a', Identifier.ForeignLengthMax + 1) })
        {
            T.TryParse(wrong, null, out _).Should().BeFalse($"'{wrong}' is no id");
        }
    }

    private static IEnumerable<Type> Types() =>
        Assemblies.Core.GetExportedTypes().Where(static t => !t.IsInterface && !t.IsEnum && !Assemblies.IsGenerated(t));

    private static bool HasOperator(Type type, string name) => type.GetMethods(Statics).Any(m => m.Name == name);

    private static bool IsRead(Type type) => type.GetMethods(Statics).Any(static m =>
        m.Name.StartsWith("Read", StringComparison.Ordinal)
        && m.GetParameters().Any(static p => p.ParameterType == typeof(TermReader)));

    private static IEnumerable<Type> Lineage(Type type)
    {
        for (Type? t = type; t is not null && t != typeof(object); t = t.BaseType)
        {
            yield return t;
        }
    }
}
