using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FluentValidation.Results;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;

namespace PerfMarketing.Testing;

/// <content>Terms that are wrong are refused, and other terms make another model.</content>
public sealed partial class PayoutModelChecks
{
    private const string Refusal = "refused";
    private static readonly string[] WrongNumbers = ["-1", "-1000000000", "1000000000000"];
    private static readonly string[] OtherNumbers = [.. WrongNumbers, "1", "3", "17"];

    private static void Terms_that_are_wrong_are_refused(PayoutModelChecks it)
    {
        foreach (PayoutModel wrong in it.Refused ?? [])
        {
            string json = TermJson.Write(new Holder(wrong));
            string verdict = it.Verdict(wrong);
            string actual = verdict == "valid" ? "accepted" : Refusal;
            Expect.Equal(Refusal, actual, $"The terms {json}.");
        }

        (string Place, string Json)[] changed = it.Refused is null ? [.. it.Changed(WrongNumbers)] : [];
        if (changed.Length > 0 && Array.TrueForAll(changed, c => it.Verdict(c.Json) != Refusal))
        {
            string places = string.Join(", ", changed.Select(static c => c.Place));
            throw new ScenarioFailedException("Terms out of every range.", Refusal, $"accepted: {places}", []);
        }
    }

    private static void Other_terms_make_another_model(PayoutModelChecks it)
    {
        foreach ((string place, string json) in it.Changed(OtherNumbers))
        {
            if (it.Verdict(json) != Refusal)
            {
                bool isSame = it.model.Equals(it.Read(json));
                Expect.Equal("another model", isSame ? "the same model" : "another model", $"With {place}.");
            }
        }

        foreach (PayoutModel wrong in it.Refused ?? [])
        {
            string actual = it.model.Equals(wrong) ? "the same model" : "another model";
            Expect.Equal("another model", actual, $"With {TermJson.Write(new Holder(wrong))}.");
        }
    }

    // The model's own numbers, one after the other, each replaced by others.
    private IEnumerable<(string Place, string Json)> Changed(string[] numbers)
    {
        JsonNode root = JsonNode.Parse(Written())!;
        foreach ((JsonNode parent, object key, JsonValue value) in Numbers(root[Holder.Name]!).ToArray())
        {
            decimal own = decimal.Parse(Number().Match(value.ToString()).Value, CultureInfo.InvariantCulture);
            foreach (string other in numbers.Where(n => decimal.Parse(n, CultureInfo.InvariantCulture) != own))
            {
                bool isText = value.GetValueKind() == JsonValueKind.String;
                string text = Number().Replace(value.ToString(), other);
                Put(parent, key, isText ? JsonValue.Create(text) : JsonNode.Parse(text)!);
                yield return ($"{key} = {text}", root.ToJsonString());
            }

            Put(parent, key, value.DeepClone());
        }
    }

    private static void Put(JsonNode parent, object key, JsonNode value)
    {
        if (key is int place)
        {
            parent[place] = value;
        }
        else
        {
            parent[(string)key] = value;
        }
    }

    private static IEnumerable<(JsonNode Parent, object Key, JsonValue Value)> Numbers(JsonNode node)
    {
        IEnumerable<(object Key, JsonNode? Value)> members = node switch
        {
            JsonObject terms => terms.Select(static t => ((object)t.Key, t.Value)),
            JsonArray items => items.Select(static (item, i) => ((object)i, item)),
            _ => [],
        };
        return members.SelectMany(m => m.Value switch
        {
            JsonObject inner when inner.ContainsKey("model") => [],
            JsonValue value when IsNumber(value) => [(node, m.Key, value)],
            { } inner => Numbers(inner),
            null => [],
        });
    }

    private static bool IsNumber(JsonValue value) => value.GetValueKind() is JsonValueKind.Number
        || (value.GetValueKind() is JsonValueKind.String && Amount().IsMatch(value.ToString()));

    private PayoutModel Read(string json) => TermJson.Parse(json, terms => catalog.Read(terms, Holder.Name));

    private string Verdict(string json)
    {
        try
        {
            return Verdict(Read(json)) == "valid" ? "valid" : Refusal;
        }
        catch (Exception refused) when (refused is JsonException or FormatException or ArithmeticException
            or ArgumentException)
        {
            return Refusal;
        }
    }

    private string Verdict(PayoutModel terms)
    {
        IReadOnlyList<ValidationFailure> failures = catalog.Validate(terms, "model");
        return failures.Count == 0 ? "valid" : $"{failures[0].ErrorCode}: {failures[0].ErrorMessage}";
    }

    [GeneratedRegex("^-?[0-9]+(\\.[0-9]+)?", RegexOptions.None, 1_000)]
    private static partial Regex Number();

    [GeneratedRegex("^-?[0-9]+(\\.[0-9]+)?(%| [A-Z]{3}|[a-z]{1,2})?$", RegexOptions.None, 1_000)]
    private static partial Regex Amount();
}
