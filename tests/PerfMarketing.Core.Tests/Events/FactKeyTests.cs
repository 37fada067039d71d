using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Events;

public sealed class FactKeyTests
{
    public static TheoryData<string, string> BadNames => new()
    {
        { "empty", "" }, { "space", "age band" }, { "capital", "Age" }, { "too long", new string('a', 65) },
    };

    [Theory]
    [MemberData(nameof(BadNames))]
    public void A_name_is_kebab_case(string reason, string name)
    {
        Action make = () => _ = new FactKey<string>(name);

        make.Should().Throw<ArgumentException>(reason);
    }

    [Fact]
    public void A_fact_has_one_of_a_few_types()
    {
        Action[] good =
        [
            static () => _ = new FactKey<string>("a"), static () => _ = new FactKey<bool>("a"),
            static () => _ = new FactKey<int>("a"), static () => _ = new FactKey<long>("a"),
            static () => _ = new FactKey<decimal>("a"), static () => _ = new FactKey<Money>("a"),
            static () => _ = new FactKey<Accrual>("a"), static () => _ = new FactKey<Percentage>("a"),
            static () => _ = new FactKey<Instant>("a"), static () => _ = new FactKey<LocalDate>("a"),
            static () => _ = new FactKey<IsoDayOfWeek>("a"), static () => _ = new FactKey<ValueList<string>>("a"),
        ];
        Action[] bad =
        [
            static () => _ = new FactKey<double>("a"), static () => _ = new FactKey<DateTime>("a"),
            static () => _ = new FactKey<object>("a"), static () => _ = new FactKey<int?>("a"),
        ];

        good.Should().AllSatisfy(static make => make.Should().NotThrow());
        bad.Should().AllSatisfy(static make => make.Should().Throw<ArgumentException>());
    }

    [Fact]
    public void Default_names_nothing()
    {
        FactKey<string> none = default;
        Action set = () => FactSet.Empty.With(none, "x");

        FactSet.Empty.TryGet(none, out _).Should().BeFalse();
        set.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void The_hash_of_a_name_is_the_same_everywhere()
    {
        // FNV-1a, 32 bits: published test vectors for "" and "a" (Fowler, Noll, Vo).
        Fact.HashOf("").Should().Be(unchecked((int)0x811c9dc5));
        Fact.HashOf("a").Should().Be(unchecked((int)0xe40c292c));
    }

    [Fact]
    public void Sub_ids_are_numbered_from_one()
    {
        Action tooMany = static () => Facts.SubId(11);
        Action none = static () => Facts.SubId(0);

        Facts.SubId(1).Name.Should().Be("sub-id-1");
        Facts.SubId(10).Name.Should().Be("sub-id-10");
        tooMany.Should().Throw<ArgumentOutOfRangeException>();
        none.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Standard_names_are_distinct()
    {
        IEnumerable<string> names = typeof(Facts).GetProperties().Select(static p => p.GetValue(null)!.ToString()!);

        names.Should().OnlyHaveUniqueItems().And.AllSatisfy(static n => Fact.IsName(n).Should().BeTrue());
    }

    [Fact]
    public void A_standard_name_is_one_object_wherever_it_was_read()
    {
        IEnumerable<string> names = typeof(Facts).GetProperties().Select(static p => p.GetValue(null)!.ToString()!)
            .Concat(Enumerable.Range(1, Facts.SubIdCountMax).Select(static n => Facts.SubId(n).Name));

        names.Should().AllSatisfy(static name => Facts.Shared(new string(name.AsSpan())).Should().BeSameAs(name));
        Facts.Shared("acme.score").Should().Be("acme.score");
    }
}
