using System.Reflection;
using FluentValidation.Results;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Programmes;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tallies;
using PerfMarketing.Tests.Architecture;

namespace PerfMarketing.Tests.Contracts;

/// <summary>Code may put nothing into a list where something is due: a failure and never an exception.</summary>
public sealed class DraftGapTests
{
    private static readonly PayoutModel[] Models =
    [
        Pay.Tiered(new(10.Eur, 3), new(4.Eur)),
        new Sum([Pay.Fixed(1.Eur), Pay.RevenueShare(5.Percent)]),
        new BestOf([Pay.Fixed(1.Eur), Pay.RevenueShare(5.Percent)]),
        new FirstMatch([new(new AllOf([new FactExists("grade"), new FactExists("device")]), Pay.Fixed(1.Eur))]),
        new Banded(Measure.Value, [new(Pay.Fixed(1.Eur), 5), new(Pay.Fixed(2.Eur))]),
        new ByTenure([new(Pay.RevenueShare(25.Percent), 1), new(Pay.RevenueShare(10.Percent))]),
        Pay.ByLine(LineRate.OfSku("a", 10.Percent)),
    ];

    public static TheoryData<string> Files
    {
        get
        {
            TheoryData<string> files = [];
            foreach (SourceFile file in SourceTree.Files("campaign*.json", "docs/samples"))
            {
                files.Add(file.Path);
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_list_of_a_campaign_with_a_gap_is_a_failure(string path)
    {
        CampaignDraft draft = CampaignJson.ParseCampaign(File.ReadAllText(Path.Combine(SourceTree.Root, path)));
        CampaignDraft[] broken = [.. Broken(draft).Cast<CampaignDraft>()];

        broken.Should().NotBeEmpty();
        foreach (CampaignDraft one in broken)
        {
            Refused(one.Validate(), path);
        }
    }

    [Fact]
    public void Lists_that_are_missing_are_empty()
    {
        ContractDraft contract = ContractDraft.For("acme-2026").Pays("sale", Pay.Fixed(1.Eur));
        foreach (object draft in (object[])[contract, contract.Clauses[0], contract.ToCampaign()])
        {
            foreach (PropertyInfo list in draft.GetType().GetProperties()
                .Where(static p => p.PropertyType.Name == "ValueList`1" && p.CanWrite))
            {
                list.SetValue(draft, null);
                list.GetValue(draft).Should().NotBeNull($"{draft.GetType().Name}.{list.Name} is a list");
            }

            _ = draft switch
            {
                ContractDraft broken => broken.Validate(),
                CampaignDraft broken => broken.Validate(),
                _ => contract.Validate(),
            };
        }
    }

    [Fact]
    public void Every_list_of_a_model_with_a_gap_is_a_failure()
    {
        foreach (PayoutModel model in Models)
        {
            PayoutModel[] broken = [.. Broken(model).Cast<PayoutModel>()];
            broken.Should().NotBeEmpty(model.Tag);
            foreach (PayoutModel one in broken)
            {
                Refused(new(PayoutModelCatalog.Default.Validate(one, "Pays")), model.Tag);
                ContractDraft contract = ContractDraft.For("acme").PaidBy("acme").WithPartner("p1")
                    .In(Currency.Eur, "Europe/Berlin")
                    .Pays("sale", one, static c => c.TalliedBy(new()
                    {
                        Corrections = TallyCorrections.Reevaluated,
                    }));
                Refused(contract.Validate(), model.Tag);
            }
        }
    }

    [Fact]
    public void Every_list_of_a_programme_with_a_gap_is_a_failure()
    {
        ProgrammeDraft draft = ProgrammeDraft.For(
            "p",
            ContractDraft.For("acme").PaidBy("acme").In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(1.Eur)))
            .WithGroup("gold", new());
        ProgrammeDraft[] broken = [.. Broken(draft).Cast<ProgrammeDraft>()];

        broken.Length.Should().BeGreaterThan(3);
        foreach (ProgrammeDraft one in broken)
        {
            Refused(one.Validate(), "programme");
        }
    }

    private static void Refused(ValidationResult result, string because) =>
        result.Errors.Should().Contain(static f => f.ErrorCode == TermCodes.ItemMissing, because);

    // The term with nothing at the end of one of its lists, for each list that a caller sets, however deep.
    private static IEnumerable<object> Broken(object term)
    {
        foreach (PropertyInfo property in term.GetType().GetProperties())
        {
            if (property.SetMethod is not { IsPublic: true } || property.GetIndexParameters().Length > 0
                || property.GetValue(term) is not { } value)
            {
                continue;
            }

            foreach (object other in BrokenValues(value))
            {
                object copy = Copy(term);
                property.SetValue(copy, other);
                yield return copy;
            }
        }
    }

    private static IEnumerable<object> BrokenValues(object value)
    {
        if (value.GetType().BaseType is not { IsGenericType: true } list
            || list.GetGenericTypeDefinition() != typeof(ValueList<>))
        {
            return value is ITerms ? Broken(value) : [];
        }

        Type item = list.GetGenericArguments()[0];
        object?[] items = [.. ((System.Collections.IEnumerable)value).Cast<object?>()];
        IEnumerable<object> deeper = items.SelectMany((inner, i) => inner is not ITerms
            ? []
            : Broken(inner).Select(other => ListOf(item, [.. items[..i], other, .. items[(i + 1)..]])));
        return item.IsValueType ? deeper : deeper.Prepend(ListOf(item, [.. items, null]));
    }

    private static object ListOf(Type item, object?[] items)
    {
        Array typed = Array.CreateInstance(item, items.Length);
        items.CopyTo(typed, 0);
        return typeof(ValueList).GetMethod(nameof(ValueList.ToValueList))!.MakeGenericMethod(item)
            .Invoke(null, [typed])!;
    }

    private static object Copy(object term) => term.GetType().IsValueType
        ? System.Runtime.CompilerServices.RuntimeHelpers.GetObjectValue(term)!
        : term.GetType().GetMethod("<Clone>$")!.Invoke(term, null)!;
}
