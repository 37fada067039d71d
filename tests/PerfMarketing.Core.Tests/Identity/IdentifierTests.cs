using System.Reflection;
using System.Text.Json;
using PerfMarketing.Identity;

namespace PerfMarketing.Tests.Identity;

public sealed class IdentifierTests
{
    public static TheoryData<Type> Types => [.. typeof(IIdentifier<>).Assembly.GetExportedTypes().Where(IsIdentifier)];

    [Theory]
    [InlineData("a", true)]
    [InlineData("4711", true)]
    [InlineData("01J9ZK3Q5V8W7X2Y4Z6A8B0C1D", true)]
    [InlineData("a b~!", true)]
    [InlineData("", false)]
    [InlineData(" a", false)]
    [InlineData("a ", false)]
    [InlineData("a\tb", false)]
    [InlineData("a\u007F", false)]
    [InlineData("ä", false)]
    [InlineData(null, false)]
    public void An_id_is_printable_ascii_without_spaces_at_its_ends(string? text, bool valid)
    {
        Identifier.IsValid(text).Should().Be(valid);
        OutcomeId.TryParse(text, null, out OutcomeId id).Should().Be(valid);
        id.ToString().Should().Be(valid ? text : string.Empty);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_id_type_keeps_the_same_rules(Type type)
    {
        const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Static;
        typeof(IdentifierTests).GetMethod(nameof(Check), Hidden)!.MakeGenericMethod(type).Invoke(null, null);
    }

    private static bool IsIdentifier(Type type) => type.IsValueType && type.GetInterfaces().Any(static i =>
        i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IIdentifier<>));

    private static void Check<T>()
        where T : struct, IIdentifier<T>
    {
        T a = T.Parse("id-1", null);
        T b = T.Parse("id-2", null);

        a.Value.Should().Be("id-1");
        a.Should().Be(T.Parse("id-1", null)).And.NotBe(b);
        a.CompareTo(b).Should().BeNegative();
        a.IsUnset.Should().BeFalse();
        JsonSerializer.Serialize(a).Should().Be("\"id-1\"");
        JsonSerializer.Deserialize<T>("\"id-1\"").Should().Be(a);
        FluentActions.Invoking(() => JsonSerializer.Deserialize<T>("\"\"")).Should().Throw<JsonException>();
        default(T).IsUnset.Should().BeTrue();
        default(T).ToString().Should().BeEmpty();
        FluentActions.Invoking(() => default(T).Value).Should().Throw<InvalidOperationException>();

        int longest = T.TryParse(new string('z', Identifier.ForeignLengthMax), null, out _)
            ? Identifier.ForeignLengthMax
            : Identifier.LengthMax;
        T.Parse(new string('z', longest), null).Value.Should().HaveLength(longest);
        T.TryParse(new string('z', longest + 1), null, out _).Should().BeFalse();
        FluentActions.Invoking(() => T.Parse(new string('z', longest + 1), null)).Should().Throw<FormatException>();
        FluentActions.Invoking(() => T.Parse(null!, null)).Should().Throw<ArgumentNullException>();
    }
}
