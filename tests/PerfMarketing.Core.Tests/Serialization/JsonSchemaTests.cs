using System.Text.Json;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Tests.Payouts;

namespace PerfMarketing.Tests.Serialization;

public sealed class JsonSchemaTests
{
    private static readonly string Campaign = JsonSchema.OfCampaign();
    private static readonly string Contract = JsonSchema.OfContract();

    public static TheoryData<string> CampaignFiles => [.. Directory
        .EnumerateFiles(Path.Combine(SourceTree.Root, "docs", "samples"), "campaign*.json", SearchOption.AllDirectories)
        .Select(static file => Path.GetRelativePath(SourceTree.Root, file))];

    [Theory]
    [MemberData(nameof(CampaignFiles))]
    public void Sample_fits(string file)
    {
        string json = File.ReadAllText(Path.Combine(SourceTree.Root, file));

        SchemaCheck.Failures(Campaign, json).Should().BeEmpty();
        using JsonDocument campaign = JsonDocument.Parse(json);
        foreach (JsonElement contract in campaign.RootElement.GetProperty("contracts").EnumerateArray())
        {
            SchemaCheck.Failures(Contract, contract.GetRawText()).Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData("no name", "$: required", """{"currency":"EUR",$}""")]
    [InlineData("no partner", "$.partners: minItems", """{"id":"c","currency":"EUR","partners":[],"clauses":[]}""")]
    [InlineData("an unknown name", "$: additionalProperties", """{"id":"c","currency":"EUR","colour":"red",$}""")]
    [InlineData("a wrong kind", "$.version: type", """{"id":"c","currency":"EUR","version":"1",$}""")]
    [InlineData("another version of the form", "$.format: const", """{"id":"c","currency":"EUR","format":2,$}""")]
    [InlineData("a malformed currency", "$.currency: pattern", """{"id":"c","currency":"euro",$}""")]
    [InlineData("a malformed amount", "$.clauses[0].pays: oneOf", """
        {"id":"c","currency":"EUR","partners":["p"],"clauses":[
          {"id":"x","outcome":"sale","pays":{"model":"fixed","price":"1,00 EUR"}}]}
        """)]
    [InlineData("an unknown model", "$.clauses[0].pays: oneOf", """
        {"id":"c","currency":"EUR","partners":["p"],"clauses":[
          {"id":"x","outcome":"sale","pays":{"model":"acme.weekend-bonus"}}]}
        """)]
    [InlineData("an unknown member", "$.clauses[0].corrections: enum", """
        {"id":"c","currency":"EUR","partners":["p"],"clauses":[
          {"id":"x","outcome":"sale","pays":{"model":"fixed","price":"1.00 EUR"},"corrections":"never"}]}
        """)]
    [InlineData("a condition inside another", "$.clauses[0].when: oneOf", """
        {"id":"c","currency":"EUR","partners":["p"],"clauses":[
          {"id":"x","outcome":"sale","pays":{"model":"fixed","price":"1.00 EUR"},
           "when":{"condition":"not","of":{"condition":"equals","fact":"device"}}}]}
        """)]
    public void What_cannot_be_read_does_not_fit(string reason, string failure, string json)
    {
        const string Rest = """
            "partners":["p"],"clauses":[{"id":"x","outcome":"sale","pays":{"model":"fixed","price":"1.00 EUR"}}]
            """;
        string text = json.Replace("$", Rest, StringComparison.Ordinal);

        SchemaCheck.Failures(Contract, text).Should().Equal([failure], reason);
    }

    [Fact]
    public void Integrators_model_is_part_of_the_schema_once_it_is_registered()
    {
        TermCatalog catalog = TermCatalog.Default with
        {
            Models = PayoutModelCatalog.Default
                .With(WeekendBonus.TagName, WeekendBonus.Read, new WeekendBonusValidator()),
        };
        const string Json = """
            {"id":"c","currency":"EUR","partners":["p"],"clauses":[{"id":"x","outcome":"sale","pays":
              {"model":"acme.weekend-bonus","bonus":"5%","inner":{"model":"fixed","price":"1.00 EUR"}}}]}
            """;

        SchemaCheck.Failures(Contract, Json).Should().NotBeEmpty();
        SchemaCheck.Failures(JsonSchema.OfContract(catalog), Json).Should().BeEmpty();
        CampaignJson.ParseContract(Json, catalog).Clauses[0].Pays.Should().BeOfType<WeekendBonus>();
    }

    [Fact]
    public void Defaults_are_those_that_readers_assume()
    {
        using JsonDocument schema = JsonDocument.Parse(Contract);
        JsonElement clause = schema.RootElement.GetProperty("properties").GetProperty("clauses").GetProperty("items");

        clause.GetProperty("properties").GetProperty("hold").GetProperty("default").GetString().Should().Be("0s");
        clause.GetProperty("properties").GetProperty("corrections").GetProperty("default").GetString()
            .Should().Be("proportional");
        clause.GetProperty("required").EnumerateArray().Select(static n => n.GetString())
            .Should().Equal("id", "outcome", "pays");
    }

    [Fact]
    public void Every_value_has_a_pattern_and_an_example_that_can_be_read()
    {
        Type[] types = [.. TypesOf(TermRecorder.Record(static t => CampaignDraft.Read(t, TermCatalog.Default)), [])
            .Where(static t => t != typeof(string)).Distinct()];

        types.Should().HaveCountGreaterThan(8);
        types.Where(static t => ValuePattern.Find(t) is null).Should().BeEmpty();
        foreach (Type type in types)
        {
            if (ValuePattern.Find(type)!.Example is { } example)
            {
                Regex.IsMatch(example, ValuePattern.Find(type)!.Pattern).Should().BeTrue(type.Name);
                (type == typeof(Instant)
                    ? InstantPattern.ExtendedIso.Parse(example).Value
                    : type.GetMethod("Parse", [typeof(string), typeof(IFormatProvider)])!
                        .Invoke(null, [example, null]))!
                    .ToString().Should().Be(example);
            }
        }
    }

    [Fact]
    public void Terms_that_depend_on_others_are_found()
    {
        TermForm form = TermRecorder.Record(static t => (
            t.Has("price") ? t.Text("price") : t.Has("rate") ? t.Integer("rate").ToString() : t.OptionalText("free"),
            t.Flag("known")));

        form.Shape!.Fields.Select(static f => $"{f.Name} {f.Form.Kind} {f.IsRequired}").Should().BeEquivalentTo(
            "price Text False", "rate Integer False", "free Text False", "known Flag False");
    }

    private static IEnumerable<Type> TypesOf(TermForm form, HashSet<string> seen)
    {
        IEnumerable<TermShape> shapes = form.Family is { } family
            ? seen.Add(family.Name) ? family.Cases.Values : []
            : form.Shape is { } shape ? [shape] : [];
        IEnumerable<Type> inside = shapes.SelectMany(s => s.Fields.SelectMany(f => TypesOf(f.Form, seen)));
        return form.ValueType is { } type ? [type] : form.Item is { } item ? TypesOf(item, seen) : inside;
    }
}
