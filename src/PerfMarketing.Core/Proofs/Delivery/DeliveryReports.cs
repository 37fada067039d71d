using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Claims;

namespace PerfMarketing.Proofs.Delivery;

/// <summary>Reads the delivery statuses of all evidence of an outcome by the terms of a contract.</summary>
public static class DeliveryReports
{
    /// <summary>The verdicts with their states and findings.</summary>
    /// <remarks>
    /// A failure that the same provider reports as older than a delivery leaves the result open: the delivery came
    /// after it. The order of the verdicts makes no difference and is kept.
    /// </remarks>
    /// <param name="terms">The terms; of those that fit a verdict the first counts.</param>
    /// <param name="fields">Which field makes which claim.</param>
    /// <param name="verdicts">What verifiers said.</param>
    public static ValueList<EvidenceVerdict> Read(
        ValueList<DeliveryTerms> terms, ValueList<ClaimField> fields, ValueList<EvidenceVerdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(verdicts);
        if (terms.Count == 0 || verdicts.Count == 0)
        {
            return verdicts;
        }

        List<EvidenceVerdict> reports = [];
        var read = new EvidenceVerdict[verdicts.Count];
        for (int i = 0; i < read.Length; i++)
        {
            EvidenceVerdict verdict = verdicts[i];
            read[i] = terms.FirstOrDefault(t => t.Fits(verdict)) is { } found ? found.Apply(verdict, fields) : verdict;
            if (!ReferenceEquals(read[i], verdict))
            {
                reports.Add(read[i]);
            }
        }

        for (int i = 0; i < read.Length; i++)
        {
            EvidenceVerdict failed = read[i];
            if (failed.Finding == EvidenceFinding.Failed && reports.Contains(failed)
                && reports.Exists(r => IsLaterDelivery(r, failed)))
            {
                read[i] = failed with { Finding = EvidenceFinding.Undecided };
            }
        }

        return ValueList.Create<EvidenceVerdict>(read);
    }

    private static bool IsLaterDelivery(EvidenceVerdict report, EvidenceVerdict failed) =>
        report.Finding == EvidenceFinding.Happened && report.AssertedAt > failed.AssertedAt
        && report.Kind == failed.Kind && report.Scheme == failed.Scheme && report.Party == failed.Party;
}
