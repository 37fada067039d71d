using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Serialization;
using PerfMarketing.Testing;

namespace PerfMarketing.Scenarios.Golden;

/// <summary>What happens, and what should come of it; README.md beside the files explains the form.</summary>
internal sealed class GoldenCase(JsonObject json)
{
    private static readonly LocalDatePattern Date = LocalDatePattern.Iso;

    private static readonly LocalDateTimePattern Time =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    private readonly JsonObject[] steps = [.. Objects(json["given"]), .. Objects(json["when"])];
    private string lastOutcome = string.Empty;
    private Instant now;
    private int outcomeCount;
    private int correctionCount;

    public string It => Text(json, "it");

    public void Run(CampaignDraft terms)
    {
        string? alone = steps.Any(static s => s.ContainsKey("click") || s.ContainsKey("view"))
            ? null
            : terms.Contracts[0].Partners[0].Value;
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[terms.Contracts[0].Zone];
        ContractScenario scenario = new(terms);
        foreach (JsonObject step in steps)
        {
            if (step.ContainsKey("at"))
            {
                scenario.At(Text(step, "at"));
                now = zone.AtLeniently(Time.Parse(Text(step, "at")).Value).ToInstant();
            }

            Take(scenario, step, alone);
        }

        foreach (JsonObject expected in Objects(json["then"]))
        {
            if ((expected["of"]?.GetValue<string>() ?? lastOutcome) is { Length: > 0 } outcome)
            {
                scenario.About(outcome);
            }

            foreach ((string name, JsonNode? value) in expected.Where(static e => e.Key != "of"))
            {
                Expect(scenario, name, value!, zone, terms.Contracts[0].Partners[0].Value);
            }
        }
    }

    private void Take(ContractScenario scenario, JsonObject step, string? alone)
    {
        string customer = step["customer"]?.GetValue<string>() ?? "c1";
        string verb = step.Select(static p => p.Key)
            .FirstOrDefault(static k => k is not ("at" or "customer" or "of"), "at");
        _ = verb switch
        {
            "at" => scenario,
            "click" => scenario.Click(Text(step, verb), customer),
            "view" => scenario.View(Text(step, verb), customer),
            "outcome" => Happen(scenario, step, customer, alone),
            "proven" => About(scenario, step).Proven(
                new(Text(step, verb)), string.Create(CultureInfo.InvariantCulture, $"proof-{++correctionCount}")),
            "correction" => Correct(scenario, step),
            _ => throw new InvalidOperationException($"No step is called '{verb}'."),
        };
    }

    // Everything that is not about the step itself is a term of the outcome: value, quantity, facts, lines …
    private ContractScenario Happen(ContractScenario scenario, JsonObject step, string customer, string? alone)
    {
        if (alone is not null)
        {
            scenario.Click(alone, customer);
        }

        lastOutcome = step["id"]?.GetValue<string>()
            ?? string.Create(CultureInfo.InvariantCulture, $"outcome-{outcomeCount + 1}");
        outcomeCount++;
        return scenario.Outcome(new(Text(step, "outcome")), customer, with: made =>
        {
            JsonObject terms = Rest(step, "at", "customer", "outcome");
            terms["id"] = lastOutcome;
            terms["at"] = InstantPattern.ExtendedIso.Format(now);
            terms["kind"] = made.Kind.ToString();
            terms["customer"] = customer;
            return TermJson.Parse(terms.ToJsonString(), Outcome.Read);
        });
    }

    private ContractScenario Correct(ContractScenario scenario, JsonObject step)
    {
        JsonObject terms = Rest(step, "at", "customer", "of");
        terms["id"] ??= string.Create(CultureInfo.InvariantCulture, $"correction-{++correctionCount}");
        terms["outcome"] = step["of"]?.GetValue<string>() ?? lastOutcome;
        terms["at"] = InstantPattern.ExtendedIso.Format(now);
        return scenario.Corrected(TermJson.Parse(terms.ToJsonString(), Correction.Read));
    }

    private ContractScenario About(ContractScenario scenario, JsonObject step) =>
        scenario.About(step["of"]?.GetValue<string>() ?? lastOutcome);

    private static void Expect(
        ContractScenario scenario, string name, JsonNode value, DateTimeZone zone, string partner)
    {
        switch (name)
        {
            case "lines" when value is JsonObject several:
                foreach ((string one, JsonNode? lines) in several)
                {
                    scenario.ExpectLines(one, Texts(lines!));
                }

                break;
            case "lines":
                scenario.ExpectLines(partner, Texts(value));
                break;
            case "instalments":
                Instalments(scenario, zone).Should().Equal(Texts(value));
                break;
            case "pending":
                scenario.ExpectPending(new(value.GetValue<string>()));
                break;
            case "rejected":
                scenario.ExpectRejected(value.GetValue<string>());
                break;
            case "statement":
                foreach ((string month, JsonNode? total) in value.AsObject())
                {
                    scenario.ExpectStatement(month, total!.GetValue<string>());
                }

                break;
            default:
                scenario.ExpectEarned(name, value.GetValue<string>());
                break;
        }
    }

    private static IEnumerable<string> Instalments(ContractScenario scenario, DateTimeZone zone) =>
        scenario.State.Outcomes.SelectMany(static o => o.Earnings).SelectMany(static e => e.Earning.Instalments)
            .Select(i => $"{Date.Format(i.PayableAt.InZone(zone).Date)} {i.Amount}");

    private static JsonObject Rest(JsonObject step, params ReadOnlySpan<string> without)
    {
        JsonObject rest = step.DeepClone().AsObject();
        foreach (string name in without)
        {
            rest.Remove(name);
        }

        return rest;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        null => [],
        JsonArray several => several.Select(static n => n!.AsObject()),
        _ => [node.AsObject()],
    };

    private static string Text(JsonObject step, string name) => step[name]?.GetValue<string>()
        ?? throw new InvalidOperationException($"'{name}' is missing in {step.ToJsonString()}.");

    private static string[] Texts(JsonNode list) => [.. list.AsArray().Select(static n => n!.GetValue<string>())];
}
