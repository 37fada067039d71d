using PerfMarketing.Proofs;
using PerfMarketing.Tool.Commands;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Settle;

/// <summary>Where the files of a run go, and what is written beside its statements.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Rejected">The lines of the log that could not be used.</param>
/// <param name="Detail">How much decisions explain.</param>
/// <param name="SealKey">The key of which the salts of seals are made; null for salts that hide nothing.</param>
/// <param name="HasProofs">Whether a proof is written for each line of a closed statement.</param>
internal sealed record SettlementOutput(
    string Folder, IEnumerable<RejectedLine> Rejected, DecisionDetail Detail, ProofSecret? SealKey, bool HasProofs);
