// What has broken others on the receiver's side, by the rows of the list of hostile input (G3, G4,
// G5, G7): each is a test, and after each a healthy receiver is understood.

import FairleadNMEAWire
import FairleadWire
import Testing

@Suite struct HostileReceiverTests {
    /// Feeds sentences, then a healthy epoch; what came of them.
    private func feed(_ bodies: [String], at received: UTCTime? = nil) -> [PositioningEvent] {
        let reader = PositioningReader()
        var events: [PositioningEvent] = []
        for body in bodies {
            reader.feed(Array(line(body).utf8).span, at: received) { events.append($0) }
        }
        let count = events.count
        for second in 1...2 {
            let text =
                line("GPRMC,12000\(second).00,A,5155.55,N,00434.65,E,1.5,77.5,251126,,,A")
            reader.feed(Array(text.utf8).span, at: received) { events.append($0) }
        }
        let isHealthy = events[count...].contains { event in
            if case .position(let fix) = event { fix.position != nil } else { false }
        }
        #expect(isHealthy)
        return Array(events[..<count])
    }

    /// No binary protocol is read here: whatever length one promises, the next sentence is heard.
    @Test func g2NoLengthOfABinaryProtocolSwallowsASentence() {
        let leaders: [[UInt8]] = [
            [0x02, 0x99, 0x66], [0xB5, 0x62, 0x01, 0x07], [0xA0, 0xA2], [0xA0, 0xA1], [0xD3],
            [0x10, 0x02], [0x81, 0xFF], [0xF1, 0xD9], [0xBA, 0xCE], [0xAA, 0x44, 0x12, 0x1C],
        ]
        let parser = NMEAParser()
        let healthy = Array(line("GPRMC,120001.00,A,5155.55,N,00434.65,E,1.5,77.5,251126,,,A").utf8)
        var heard = 0
        var fed = 0
        for leader in leaders {
            let lengths =
                Array(0...16) + Array(stride(from: 17, through: 65_535, by: 37)) + [65_535]
            for length in lengths {
                let size = UInt16(length)
                let head = leader + [UInt8(size & 255), UInt8(size >> 8)]
                parser.feed((head + healthy).span) { _, _ in heard += 1 }
                fed += 1
            }
        }
        #expect(heard == fed)
        _ = feed([])
    }

    @Test func g3CountsThatPromiseMoreThanThereIsPublishNothing() {
        var bodies: [String] = []
        for total in [0, 1, 3, 99, 255, 65535] {
            for number in [0, 1, 2, 99, 65535] {
                for inView in [0, 4, 255, 65535] {
                    bodies.append("GPGSV,\(total),\(number),\(inView),01,40,083,46")
                    bodies.append("GPGSV,\(total),\(number),\(inView)")
                    bodies.append("GPTXT,\(total),\(number),02,text")
                    bodies.append("GPRTE,\(total),\(number),c,0,A,B")
                    bodies.append("PUBX,03,\(inView),23,U,083,40,46,064")
                }
            }
        }
        for event in feed(bodies) {
            guard case .satellites(let sky) = event else { continue }
            // Only a set that is whole: one sentence of one, or the maker's list of one.
            #expect(sky.satellites.count <= 2)
        }
    }

    @Test func g4WhatIsAFormatElsewhereIsTextHere() {
        let hostile = "%n%s%x%99999d"
        let events = feed([
            "GPTXT,01,01,02,\(hostile)", "PGRMT,\(hostile),P,P,R,R,P,,40,R",
            "PMTK705,\(hostile),0001,\(hostile),1.0", "PQTMVERNO,\(hostile),2026,10",
        ])
        var texts: [String] = []
        for case .identity(let identity) in events {
            texts += [identity.text, identity.product, identity.firmware].compactMap { $0 }
        }
        #expect(texts.contains(hostile))
        #expect(texts.allSatisfy { $0.contains("%n%s%x") || !$0.contains("%") })
    }

    @Test func g5GroupsOfAISThatAreNeverCompletedAreBounded() {
        let parser = NMEAParser()
        var reassembler = AISReassembler()
        for number in 0..<100_000 {
            let text = line(
                "AIVDM,9,1,\(number % 10),\(number % 2 == 0 ? "A" : "B"),53nFBv01,0", first: "!")
            parser.decode(Array(text.utf8).span) { view, _, sentence in
                guard case .vdm(let vdm) = sentence else { return }
                let message = reassembler.add(
                    vdm, from: view.talker, at: Instant(nanoseconds: Int64(number) * 1_000))
                #expect(message == nil)
            }
        }
        #expect(reassembler.pendingCount <= AISReassembler.maximumGroups)
    }

    @Test func g5SentencesOfTheCorpusCutAtEveryByteAreHarmless() {
        var lines: Set<String> = []
        for name in CorpusTests.names {
            guard let log = CorpusTests.log(name) else { continue }
            // One of each kind of each log.
            var kinds: Set<Substring> = []
            let text = String(decoding: log, as: UTF8.self)
            for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("$") {
                if kinds.insert(line.prefix { $0 != "," }).inserted { lines.insert(String(line)) }
            }
        }
        for line in lines {
            let reader = PositioningReader()
            let bytes = Array(line.utf8)
            for count in bytes.indices {
                reader.feed((Array(bytes[..<count]) + [0x0D, 0x0A]).span) { _ in }
            }
            reader.flush { _ in }
        }
    }

    @Test func g7TheRolloverOfOctober2021IsSeenAndCorrected() throws {
        let assembler = FixAssembler()
        assembler.earliest = NMEADate(year: 2021, month: 1, day: 1)
        let received = UTCTime("2021-10-24T12:00:00.000Z")
        var found: Fix?
        let parser = NMEAParser()
        for second in 1...2 {
            // The receiver has fallen back 1,024 weeks: to the tenth of March 2002.
            let text = line("GPRMC,12000\(second).00,A,5155.55,N,00434.65,E,1.5,77.5,100302,,,A")
            parser.decode(Array(text.utf8).span) { view, _, sentence in
                assembler.take(sentence, from: view.talker, at: received) { event in
                    if case .position(let fix) = event { found = fix }
                }
            }
        }
        let fix = try #require(found)
        #expect(fix.date == NMEADate(year: 2021, month: 10, day: 24))
        #expect(fix.dateDoubt?.weeks == 1024 && fix.dateDoubt?.isCorrected == true)
    }
}
