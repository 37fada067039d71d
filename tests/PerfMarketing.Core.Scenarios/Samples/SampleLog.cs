using System.Text;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>Collects events as JSON lines, in the form that docs/event-log.md explains.</summary>
internal sealed class SampleLog
{
    private readonly List<(long Place, string Line)> lines = [];

    public int Count => lines.Count;

    public void Add(Touchpoint touch) => Add("touch", touch, touch.RecordedAt);

    public void Add(Outcome outcome) => Add("outcome", outcome, outcome.RecordedAt);

    public void Add(Correction correction) => Add("correction", correction, correction.RecordedAt);

    /// <summary>The shop's own word that something holds, such as that an order was paid.</summary>
    public void AddEvidence(string id, OutcomeId outcome, EvidenceKind kind, Instant at)
    {
        TermWriter terms = new();
        terms.Value("id", new EvidenceId(id));
        terms.Value("outcome", outcome);
        terms.Value("kind", kind);
        terms.Instant("at", at);
        Add("evidence", terms.ToNode(), at);
    }

    /// <summary>What the shop's verifier said of a signed message.</summary>
    public void AddVerdict(string id, OutcomeId outcome, EvidenceVerdict verdict)
    {
        TermWriter terms = new();
        terms.Value("id", new EvidenceId(id));
        terms.Value("outcome", outcome);
        terms.Terms("verdict", verdict);
        Add("evidence", terms.ToNode(), verdict.ReceivedAt);
    }

    /// <summary>Adds the newest line once more, as a source that sends twice does.</summary>
    public void Repeat() => lines.Add(lines[^1]);

    /// <summary>The whole file: in the order of recording, but each line up to two days out of place.</summary>
    public string Write(SampleRandom random)
    {
        const int TwoDays = 2 * 24 * 60 * 60;
        IEnumerable<string> mixed = lines
            .Select((line, i) => (Place: line.Place + random.Below(TwoDays), Tie: i, line.Line))
            .OrderBy(static line => line.Place).ThenBy(static line => line.Tie)
            .Select(static line => line.Line);
        StringBuilder text = new();
        foreach (string line in mixed)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private void Add(string type, ITerms terms, Instant recordedAt) => Add(type, TermNode.Of(terms), recordedAt);

    private void Add(string type, TermNode node, Instant recordedAt)
    {
        TermWriter line = new();
        line.Value("type", type);
        for (int i = 0; i < node.Names.Count; i++)
        {
            line.Add(node.Names[i], node.Items[i]);
        }

        lines.Add((recordedAt.ToUnixTimeSeconds(), JsonText.Write(line.ToNode())));
    }
}
