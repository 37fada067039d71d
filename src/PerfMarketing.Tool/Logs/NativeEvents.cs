using System.Text;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Logs;

/// <summary>Reads the terms of one event of the native form, checks it and hands it on.</summary>
internal sealed class NativeEvents(LogTables tables, ILogSink sink)
{
    private const string Type = "type";
    private const string NoId = "none";

    /// <summary>Takes one event.</summary>
    /// <param name="node">Its terms, <c>type</c> among them.</param>
    /// <param name="failures">Where failures are noted; the event is handed on only when there is none.</param>
    public void Take(TermNode node, TermFailures failures)
    {
        bool isUnnamedTouch = node.Find(Type) is { Text: "touch" } && node.Find("id") is null;
        TermNode named = isUnnamedTouch
            ? TermNode.OfObject(node.Names.Add("id"), node.Items.Add(TermNode.OfText(NoId))).At(node.Line, node.Column)
            : node;
        object? read = TermReader.Read(named, failures, static terms => ReadEvent(terms));
        if (failures.IsEmpty)
        {
            HandOn(read, isUnnamedTouch, failures);
        }
    }

    private static object? ReadEvent(TermReader terms)
    {
        switch (terms.Text(Type))
        {
            case "touch":
                return Touchpoint.Read(terms);
            case "outcome":
                return Outcome.Read(terms);
            case "evidence":
                return LogEvidence.Read(terms);
            case "correction":
                return Correction.Read(terms);
            case "invalidation":
                return LogInvalidation.Read(terms);
            case "claim":
                return LogClaim.Read(terms);
            default:
                if (terms.Node(Type) is { Kind: TermKind.Text })
                {
                    terms.Fail(
                        Type,
                        LogCodes.Type,
                        "An event is a touch, an outcome, evidence, a correction, an invalidation or a claim.");
                }

                terms.IgnoreRest();
                return null;
        }
    }

    private void HandOn(object? read, bool isUnnamedTouch, TermFailures failures)
    {
        switch (read)
        {
            case Touchpoint touch:
                TakeTouch(touch, isUnnamedTouch, failures);
                break;
            case Outcome outcome when IsSound(outcome.Check(), failures):
                if (!sink.Outcome(outcome))
                {
                    failures.Add(new("$.id", LogCodes.Conflict, MappedLog.ConflictText));
                }

                break;
            case LogEvidence evidence:
                sink.Evidence(evidence);
                break;
            case Correction correction when IsSound(correction.Check(), failures):
                sink.Correction(correction);
                break;
            case LogInvalidation invalidation:
                sink.Invalidation(invalidation);
                break;
            case LogClaim claim:
                sink.Claim(claim);
                break;
            default:
                break;
        }
    }

    private void TakeTouch(Touchpoint touch, bool isUnnamed, TermFailures failures)
    {
        Span<byte> text = stackalloc byte[Identifier.LengthMax];
        if (!InstantBytes.TryHold(touch.At, out long at)
            || !InstantBytes.TryHold(touch.RecordedAt, out long recordedAt))
        {
            failures.Add(new("$.at", LogCodes.CellMalformed, "A touchpoint lies between the years 1678 and 2262."));
            return;
        }

        int length = Encoding.ASCII.GetBytes(touch.Customer.Value, text);
        if (!tables.TryAddCustomer(text[..length], out int customer))
        {
            throw new InvalidDataException($"A log has at most {LogTables.CustomerCountMax} customers.");
        }

        int profile = tables.Add(new()
        {
            Partner = touch.Partner,
            Kind = touch.Kind,
            Channel = touch.Channel,
            Facts = touch.Facts,
            IsTest = touch.IsTest,
        });
        length = isUnnamed ? 0 : Encoding.ASCII.GetBytes(touch.Id.Value, text);
        sink.Touch(new(at, recordedAt, customer, profile, touch.Sequence ?? 0), text[..length]);
    }

    private static bool IsSound(ValueList<Reason> reasons, TermFailures failures)
    {
        foreach (Reason reason in reasons)
        {
            failures.Add(new("$." + reason.Args[0].Value, reason.Code, "The event breaks this rule."));
        }

        return reasons.Count == 0;
    }
}
