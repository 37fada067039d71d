using System.Text;
using System.Text.Json.Nodes;

namespace PerfMarketing.Tests.Contracts;

/// <summary>
/// One file of the table: under <c># a reason</c> stand what is written and, after <c>=></c>, what must be told.
/// </summary>
/// <remarks>
/// The first word says what is written: <c>text</c> is a whole contract as it stands; the others are merged (a null
/// takes a term away) into a valid <c>contract</c>, its <c>clause</c>, or a valid <c>campaign</c>; <c>pays</c>
/// is the clause's whole model.
/// </remarks>
internal sealed class InvalidDraftFile
{
    private InvalidDraftFile(string head, List<InvalidDraftRow> rows)
    {
        Head = head;
        Rows = rows;
    }

    public List<InvalidDraftRow> Rows { get; }

    /// <summary>The file as it stands when every row tells what is wrong now.</summary>
    public string Text
    {
        get
        {
            StringBuilder text = new(Head);
            foreach (InvalidDraftRow row in Rows)
            {
                text.Append("\n# ").Append(row.Reason).Append('\n')
                    .Append(row.Target).Append(' ').Append(row.Written).Append('\n')
                    .AppendJoin(string.Empty, row.Failures.Select(static f => $"=> {f}\n"));
            }

            return text.ToString();
        }
    }

    private string Head { get; }

    public static InvalidDraftFile Read(string path)
    {
        string[] parts = File.ReadAllText(path).ReplaceLineEndings("\n").Split("\n# ");
        return new($"{parts[0].TrimEnd('\n')}\n", [.. parts.Skip(1).Select(Row)]);
    }

    private static InvalidDraftRow Row(string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        string body = string.Join(
            '\n', lines.Skip(1).TakeWhile(static l => !l.StartsWith("=>", StringComparison.Ordinal)));
        string[] words = body.Split(' ', 2);
        return new(lines[0], words[0], words[1]);
    }
}

/// <summary>One invalid draft.</summary>
/// <param name="reason">What is wrong, in words.</param>
/// <param name="target">What is written.</param>
/// <param name="written">What stands there.</param>
internal sealed class InvalidDraftRow(string reason, string target, string written)
{
    private const string Contract = """
        { "id": "acme", "payer": "acme", "partners": ["p1"], "currency": "EUR", "zone": "Europe/Berlin", "clauses": [
          { "id": "sale", "outcome": "sale", "pays": { "model": "fixed", "price": "1.00 EUR" } } ] }
        """;

    public string Reason => reason;

    public string Target => target;

    public string Written => written;

    public List<string> Failures { get; set; } = [];

    public bool IsCampaign => target == "campaign";

    /// <summary>The whole draft.</summary>
    public string Json
    {
        get
        {
            if (target == "text")
            {
                return written;
            }

            JsonNode patch = JsonNode.Parse(written)!;
            JsonNode contract = JsonNode.Parse(Contract)!;
            switch (target)
            {
                case "contract":
                    Merge(contract, patch);
                    return contract.ToJsonString();
                case "clause":
                    Merge(contract["clauses"]![0]!, patch);
                    return contract.ToJsonString();
                case "pays":
                    contract["clauses"]![0]!["pays"] = patch;
                    return contract.ToJsonString();
                case "campaign":
                    JsonObject campaign = new()
                    {
                        ["id"] = "spring",
                        ["advertiser"] = "acme",
                        ["contracts"] = new JsonArray(contract),
                    };
                    Merge(campaign, patch);
                    return campaign.ToJsonString();
                default:
                    throw new InvalidOperationException($"'{reason}' writes an unknown '{target}'.");
            }
        }
    }

    private static void Merge(JsonNode into, JsonNode patch)
    {
        foreach ((string name, JsonNode? value) in patch.AsObject())
        {
            if (value is null)
            {
                into.AsObject().Remove(name);
            }
            else if (name != "pays" && value is JsonObject inner && into[name] is JsonObject place)
            {
                Merge(place, inner);
            }
            else
            {
                into[name] = value.DeepClone();
            }
        }
    }
}
