using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Events.Conditions;

public sealed class ConditionPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(20_260_302, 1);

    [Fact]
    public void Every_condition_comes_back_from_json() => Prop.ForAll(Conditions(3).ToArbitrary(), static condition =>
        condition.Check().Count == 0 && TermJson.Parse(TermJson.Write(condition), Condition.Read) == condition)
        .Check(Seeded);

    [Fact]
    public void A_condition_agrees_with_its_reasons_and_never_with_its_opposite() => Prop.ForAll(
        Conditions(3).ToArbitrary(), FactSets().ToArbitrary(), static (condition, facts) =>
        {
            bool holds = condition.Compile(DateTimeZone.Utc).Evaluate(facts, Samples.Noon);
            bool opposite = When.Not(condition).Compile(DateTimeZone.Utc).Evaluate(facts, Samples.Noon);
            ValueList<Reason> reasons = condition.Compile(DateTimeZone.Utc).Explain(facts, Samples.Noon);
            return !(holds && opposite) && holds == (reasons.Count == 0);
        }).Check(Seeded);

    [Fact]
    public void Learning_a_fact_never_turns_a_decided_condition() => Prop.ForAll(
        Conditions(3).Where(static c => !c.ToString().Contains("is known", StringComparison.Ordinal)).ToArbitrary(),
        FactSets().ToArbitrary(),
        static (condition, facts) =>
        {
            CompiledCondition compiled = condition.Compile(DateTimeZone.Utc);
            CompiledCondition opposite = When.Not(condition).Compile(DateTimeZone.Utc);
            return facts.All(fact =>
            {
                FactSet less = facts.Without(fact.Name);
                return (!compiled.Evaluate(less, Samples.Noon) || compiled.Evaluate(facts, Samples.Noon))
                    && (!opposite.Evaluate(less, Samples.Noon) || opposite.Evaluate(facts, Samples.Noon));
            });
        }).Check(Seeded);

    [Fact]
    public void Any_tree_is_read_or_refused_and_never_an_exception() => Prop.ForAll(
        Conditions(3).ToArbitrary(), ArbMap.Default.ArbFor<NonNegativeInt>(), static (condition, seed) =>
        {
            TermNode damaged = Damage(TermNode.Of(condition), seed.Get, 0);
            TermFailures failures = [];
            Condition? read = TermReader.Read(damaged, failures, Condition.Read);
            return !failures.IsEmpty || read!.Check().Count == 0;
        }).Check(Seeded);

    // Puts something foreign in one place of the tree, chosen by the seed.
    private static TermNode Damage(TermNode node, int seed, int level)
    {
        if (node.Items.Count == 0 || (level > 0 && seed % 3 == 0))
        {
            return (seed % 6) switch
            {
                0 => TermNode.Null,
                1 => TermNode.OfNumber("1e999"),
                2 => TermNode.OfText(string.Empty),
                3 => TermNode.OfList([]),
                4 => TermNode.OfObject([], []),
                _ => TermNode.OfFlag(true),
            };
        }

        int place = seed % node.Items.Count;
        ValueList<TermNode> items = node.Items
            .Select((item, i) => i == place ? Damage(item, (seed / 3) + 1, level + 1) : item).ToValueList();
        return node.Kind == TermKind.List ? TermNode.OfList(items) : TermNode.OfObject(node.Names, items);
    }

    private static Gen<string> Names() => Gen.Elements("a", "b", "c", "acme.d");

    private static Gen<FactValue> Values() => Gen.OneOf(
        Gen.Elements("x", "y", "xy", "").Select(static t => FactValue.Of(t)),
        Gen.Choose(-3, 3).Select(static n => FactValue.Of(n / 2m)),
        Gen.Elements(true, false).Select(static f => FactValue.Of(f)),
        Gen.Choose(0, 3).Select(static n => FactValue.Of(n.Eur)),
        Gen.Choose(0, 3).Select(static n => FactValue.Of(n.Percent)),
        Gen.Choose(1, 3).Select(static d => FactValue.Of(new LocalDate(2026, 3, d))),
        Gen.Choose(1, 3).Select(static h => FactValue.Of(Samples.Hour(h))));

    private static Gen<FactSet> FactSets() => Gen.Choose(0, 4).SelectMany(static count => (
        from name in Names()
        from value in Gen.Frequency(
            (6, Values()), (1, Gen.Constant(FactValue.Of<ValueList<string>>(["x", "y"]))))
        select new Fact(name, value)).ArrayOf(count)).Select(static facts => FactSet.Create(facts));

    private static Gen<Condition> Conditions(int depth)
    {
        Gen<Condition> leaves = Gen.OneOf(
            from name in Names() from value in Values() select (Condition)new FactEquals(name, value),
            from name in Names()
            from values in Gen.Choose(1, 7).SelectMany(static count => Values().ArrayOf(count))
            select (Condition)new FactIn(name, [.. values]),
            (from name in Names()
             from low in Values()
             from high in Values()
             from flags in Gen.Choose(0, 15)
             select (Condition)new FactRange(name, (flags & 4) > 0 ? low : null, (flags & 8) > 0 ? high : null)
             {
                 FromExcluded = (flags & 1) > 0,
                 ToIncluded = (flags & 2) > 0,
             }).Where(static c => c.Check().Count == 0),
            Names().Select(static name => (Condition)new FactExists(name)),
            from name in Names() from text in Gen.Elements("x", "xy") select (Condition)new FactPrefix(name, text),
            from hours in Gen.Choose(0, 22) select (Condition)new LocalHours(new(hours, 30), new(23, 0)),
            from day in Gen.Choose(1, 28)
            select (Condition)new LocalDates(new DateRange(new LocalDate(2026, 2, day))),
            from day in Gen.Choose(1, 7) select (Condition)new LocalWeekdays([(IsoDayOfWeek)day]));
        if (depth == 0)
        {
            return leaves;
        }

        Gen<ValueList<Condition>> parts = Gen.Choose(1, 3)
            .SelectMany(count => Conditions(depth - 1).ArrayOf(count)).Select(static all => all.ToValueList());
        return Gen.OneOf(
            leaves,
            parts.Select(static of => (Condition)new AllOf(of)),
            parts.Select(static of => (Condition)new AnyOf(of)),
            Conditions(depth - 1).Select(static of => (Condition)new Not(of)));
    }
}
