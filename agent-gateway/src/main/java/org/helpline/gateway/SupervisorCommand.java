package org.helpline.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.helpline.gateway.MessageFields.Invalid;
import org.helpline.router.AgentId;
import org.helpline.router.ContactId;
import org.helpline.router.Input;
import org.helpline.router.Input.Readiness;
import org.helpline.router.Language;
import org.helpline.router.Modality;
import org.helpline.router.QueueId;
import org.helpline.router.Skill;
import org.helpline.router.SupervisionMode;
import org.helpline.router.SupervisorId;

/// What a supervisor may ask for on its socket.
sealed interface SupervisorCommand {
    Type type();

    /// The floor as it is, and what changes from then on.
    record Subscribe() implements SupervisorCommand {
        @Override
        public Type type() {
            return Type.SUBSCRIBE;
        }
    }

    /// For the routing domain to decide.
    ///
    /// @param target what it is done to, for the log
    record Route(Type type, String target, Input input) implements SupervisorCommand {}

    enum Type {
        SUBSCRIBE("subscribe"),
        MONITOR("monitor"),
        WHISPER("whisper"),
        BARGE("barge"),
        END_SUPERVISION("end-supervision"),
        SET_AGENT_STATE("set-agent-state"),
        SET_AGENT_SKILLS("set-agent-skills"),
        OPEN_QUEUE("open-queue"),
        CLOSE_QUEUE("close-queue");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Optional<Type> of(String word) {
            return Arrays.stream(values())
                    .filter(type -> type.word.equals(word))
                    .findFirst();
        }
    }

    static SupervisorCommand read(Type type, MessageFields fields, SupervisorId supervisor, Catalogue catalogue)
            throws Invalid {
        SupervisorCommand command = command(type, fields, supervisor, catalogue);
        fields.nothingElse();
        return command;
    }

    private static SupervisorCommand command(
            Type type, MessageFields fields, SupervisorId supervisor, Catalogue catalogue) throws Invalid {
        return switch (type) {
            case SUBSCRIBE -> new Subscribe();
            case MONITOR -> supervise(type, fields, supervisor, SupervisionMode.MONITOR);
            case WHISPER -> supervise(type, fields, supervisor, SupervisionMode.WHISPER);
            case BARGE -> supervise(type, fields, supervisor, SupervisionMode.BARGE);
            case END_SUPERVISION -> new Route(type, "-", new Input.EndSupervision(supervisor));
            case SET_AGENT_STATE -> setState(fields);
            case SET_AGENT_SKILLS -> setSkills(fields, catalogue);
            case OPEN_QUEUE -> {
                QueueId queue = fields.identifier("queue", QueueId::new);
                yield new Route(type, queue.value(), new Input.OpenQueue(queue));
            }
            case CLOSE_QUEUE -> {
                QueueId queue = fields.identifier("queue", QueueId::new);
                yield new Route(type, queue.value(), new Input.CloseQueue(queue));
            }
        };
    }

    private static Route supervise(Type type, MessageFields fields, SupervisorId supervisor, SupervisionMode mode)
            throws Invalid {
        ContactId contact = fields.identifier("contactId", ContactId::new);
        return new Route(type, contact.value(), new Input.Supervise(supervisor, contact, mode));
    }

    private static Route setState(MessageFields fields) throws Invalid {
        AgentId agent = fields.identifier("agent", AgentId::new);
        Readiness readiness = fields.choice("state", Readiness.class);
        Optional<String> reason = fields.optional("reason", ClientMessage.LONGEST_WORD);
        if (readiness == Readiness.READY && reason.isPresent()) {
            throw Invalid.of("reason", reason.get(), "absent with state ready");
        }
        Optional<String> shown =
                readiness == Readiness.READY ? Optional.empty() : reason.or(() -> Optional.of("set-by-supervisor"));
        return new Route(Type.SET_AGENT_STATE, agent.value(), new Input.SetAgentState(agent, readiness, shown));
    }

    private static Route setSkills(MessageFields fields, Catalogue catalogue) throws Invalid {
        AgentId agent = fields.identifier("agent", AgentId::new);
        List<Language> languages = fields.words("languages", 1, 50, word -> language(word, catalogue));
        List<Modality> modalities = fields.words(
                "modalities", 1, Modality.values().length, word -> MessageFields.constant(word, Modality.class));
        SortedMap<Skill, Integer> skills = new TreeMap<>();
        for (Level level : fields.objects("skills", 0, 100, of -> level(of, catalogue))) {
            if (skills.put(level.skill(), level.level()) != null) {
                throw Invalid.of("skills", level.skill().value(), "each skill once");
            }
        }
        return new Route(
                Type.SET_AGENT_SKILLS, agent.value(), new Input.SetAgentSkills(agent, languages, modalities, skills));
    }

    record Level(Skill skill, int level) {}

    private static Level level(MessageFields fields, Catalogue catalogue) throws Invalid {
        Skill skill = fields.identifier("skill", Skill::new);
        if (!catalogue.skills().isEmpty() && !catalogue.skills().containsKey(skill.value())) {
            throw fields.invalid(
                    "skill", skill.value(), String.join(", ", catalogue.skills().keySet()));
        }
        return new Level(skill, fields.integer("level", 1, 10));
    }

    /// Empty when the deployment has no such language.
    private static Optional<Language> language(String tag, Catalogue catalogue) {
        if (!catalogue.languages().isEmpty() && !catalogue.languages().containsKey(tag)) return Optional.empty();
        try {
            return Optional.of(new Language(tag));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
